using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>The root fields <c>node</c> and <c>nodes</c>: references, which the executor loads like any other.</summary>
internal static class NodeFields
{
    public static IEnumerable<FieldDefinition> Create(InterfaceType node, GraphQLOptions options)
    {
        yield return new FieldDefinition("node")
        {
            Type = node,
            Description = "The object with that id; null when there is none that the caller may see.",
            Arguments = [new InputValue("id") { Type = new NonNullType(BuiltInScalars.ID) }],
            Rule = options.NodeRule,
            NodeTypeName = "",
            Resolver = new SyncResolver(static context => context.Arguments.TryGet(0, out var id) ? Reference(id) : null),
        };
        yield return new FieldDefinition("nodes")
        {
            Type = new NonNullType(new ListType(node)),
            Description = $"The objects with those ids, in that order; null where there is none that the caller may see. At most {options.MaxNodes}.",
            Arguments = [new InputValue("ids") { Type = new NonNullType(new ListType(new NonNullType(BuiltInScalars.ID))) }],
            Rule = options.NodeRule,
            NodeTypeName = "",
            Resolver = new SyncResolver(context => context.Arguments.TryGet(0, out var ids) ? References((object?[])ids!, options.MaxNodes) : null),
        };
    }

    private static object? Reference(object? id) => NodeId.TryParse((string?)id, out var node) ? new NodeRef(node.Value, node.TypeName) : null;

    private static object?[] References(object?[] ids, int limit) => ids.Length <= limit
        ? Array.ConvertAll(ids, Reference)
        : throw new GraphQLException($"At most {limit} ids at once.", ExecutionCodes.TooManyNodes);
}
