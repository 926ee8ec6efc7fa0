using System.Reflection;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Platform.Database;

/// <summary>Lets resolvers take the <see cref="DbSession"/> of their branch, and the <see cref="Asker"/> (null when nobody is signed in).</summary>
internal sealed class SessionBinding : IParameterBinding
{
    public Func<ResolverContext, BoundParameter>? Bind(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(DbSession))
        {
            return context => new BoundParameter(context.ScopedState<DbSession>());
        }

        return parameter.ParameterType == typeof(Asker) ? context => new BoundParameter(context.Request.Get<Asker>()) : null;
    }
}
