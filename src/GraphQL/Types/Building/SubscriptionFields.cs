using System.Reflection;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Makes subscriptions: a field for each event, and the stream behind it.</summary>
internal sealed class SubscriptionFields(OutputTypes outputs, ResolverCompiler compiler)
{
    private static readonly MethodInfo CompileSource = typeof(ResolverCompiler).GetMethod(nameof(ResolverCompiler.CompileSource))!;

    public FieldDefinition Build(MethodInfo method, string streamName)
    {
        var where = Names.Of(method);
        var streams = method.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(m => m.Name == streamName).ToArray();
        if (streams is not [var stream])
        {
            throw new SchemaException($"{where}: there is {(streams.Length == 0 ? "no" : "more than one")} static method {streamName} beside it.");
        }

        var returned = ClrRef.Of(stream.ReturnParameter).Awaited;
        if (!returned.Is(typeof(IAsyncEnumerable<>)))
        {
            throw new SchemaException($"{Names.Of(stream)}: a stream is an IAsyncEnumerable<T>.");
        }

        var item = stream.ReturnType.GetGenericArguments() is [{ IsGenericType: true } inner] && inner.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? inner.GetGenericArguments()[0] : returned.Type.GetGenericArguments()[0];
        RequireEvent(method, stream, item);
        var arguments = new ArgumentSet();
        var source = (SubscriptionSource)CompileSource.MakeGenericMethod(item).Invoke(compiler, [stream, arguments])!;
        var resolver = compiler.Compile(method, arguments, null);
        return new FieldDefinition(Names.OfField(method))
        {
            Type = outputs.Type(ClrRef.Of(method.ReturnParameter).Awaited, method, where),
            Arguments = arguments.Definitions,
            Rule = FieldBuilder.SingleRule(method, required: true),
            Resolver = resolver,
            Source = source with { Arguments = arguments.Converter },
            Description = XmlDescriptions.Of(method),
            DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(method)?.Reason,
        };
    }

    private static void RequireEvent(MethodInfo method, MethodInfo stream, Type item)
    {
        var told = item.IsGenericType && item.GetGenericTypeDefinition() == typeof(SharedEvent<>) ? item.GetGenericArguments()[0] : item;
        foreach (var parameter in method.GetParameters().Where(Annotations.Has<EventMessageAttribute>))
        {
            if (!parameter.ParameterType.IsAssignableFrom(told) && !told.IsAssignableFrom(parameter.ParameterType))
            {
                throw new SchemaException($"{Names.Of(method)}, parameter {parameter.Name}: {stream.Name} tells of {told.Name}, not of {parameter.ParameterType.Name}.");
            }
        }
    }
}
