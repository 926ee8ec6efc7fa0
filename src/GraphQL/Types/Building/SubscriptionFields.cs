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
        var stream = method.DeclaringType!.GetMethod(streamName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            ?? throw new SchemaException($"{where}: there is no static method {streamName} beside it.");
        var returned = ClrRef.Of(stream.ReturnParameter).Awaited;
        if (!returned.Is(typeof(IAsyncEnumerable<>)))
        {
            throw new SchemaException($"{Names.Of(stream)}: a stream is an IAsyncEnumerable<T>.");
        }

        var arguments = new ArgumentSet();
        var source = (SubscriptionSource)CompileSource.MakeGenericMethod(stream.ReturnType.GetGenericArguments() is [{ IsGenericType: true } inner] && inner.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? inner.GetGenericArguments()[0] : returned.Type.GetGenericArguments()[0]).Invoke(compiler, [stream, arguments])!;
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
}
