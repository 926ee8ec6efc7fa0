using System.Reflection;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Paging;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Lets resolvers take a module's DbContext or <see cref="Pager{TDb}"/>, opened for the branch's session and given back when
/// the resolver is done, the <see cref="DbSession"/> itself, and the <see cref="Asker"/> (null when nobody is signed in).
/// </summary>
internal sealed class SessionBinding(IServiceProvider services) : IParameterBinding
{
    public Func<ResolverContext, BoundParameter>? Bind(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(DbSession))
        {
            return context => new BoundParameter(context.ScopedState<DbSession>());
        }

        if (type == typeof(Asker))
        {
            return context => new BoundParameter(context.Request.Get<Asker>());
        }

        if (type.IsSubclassOf(typeof(PortalDb)))
        {
            return Invoke(nameof(OpenContext), type);
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pager<>) ? Invoke(nameof(OpenPager), type.GetGenericArguments()[0]) : null;
    }

    private Func<ResolverContext, BoundParameter> Invoke(string method, Type db) =>
        (Func<ResolverContext, BoundParameter>)typeof(SessionBinding).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)! // both are below
            .MakeGenericMethod(db).Invoke(this, null)!; // neither returns null

    private Func<ResolverContext, BoundParameter> OpenContext<TDb>()
        where TDb : PortalDb
    {
        var contexts = new Lazy<DbContexts<TDb>>(services.GetRequiredService<DbContexts<TDb>>);
        return context =>
        {
            var db = contexts.Value.Open(context.ScopedState<DbSession>());
            return new BoundParameter(db, db);
        };
    }

    private Func<ResolverContext, BoundParameter> OpenPager<TDb>()
        where TDb : PortalDb
    {
        var contexts = new Lazy<DbContexts<TDb>>(services.GetRequiredService<DbContexts<TDb>>); // the schema can be printed without a database
        return context => new BoundParameter(new Pager<TDb>(contexts.Value, context.ScopedState<DbSession>()));
    }
}
