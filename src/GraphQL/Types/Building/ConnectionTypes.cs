using System.Reflection;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>The connection and edge types of a node type.</summary>
internal static class ConnectionTypes
{
    private static readonly MethodInfo Generic = typeof(ConnectionTypes).GetMethod(nameof(Resolvers), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static (ObjectType Connection, ObjectType Edge) Create(string name, GraphQLType nodeType, string? nodeTypeName, Type clrNode, GraphQLType pageInfo)
    {
        var (edges, nodes, node, cursor) = Generic.MakeGenericMethod(clrNode).CreateDelegate<Func<(PureResolver, PureResolver, PureResolver, PureResolver)>>()();
        var edge = new ObjectType(name + "Edge")
        {
            Description = $"A {name} and its place in the list.",
            Fields =
            [
                new FieldDefinition("cursor") { Type = new NonNullType(BuiltInScalars.String), Resolver = cursor, Description = "Opaque; pass it as `after` or `before`." },
                new FieldDefinition("node") { Type = nodeType, Resolver = node, NodeTypeName = nodeTypeName },
            ],
        };
        var connection = new ObjectType(name + "Connection")
        {
            Description = "A page of a list.",
            Fields =
            [
                new FieldDefinition("edges") { Type = Many(new NonNullType(edge)), Resolver = edges },
                new FieldDefinition("nodes") { Type = Many(nodeType), Resolver = nodes, NodeTypeName = nodeTypeName, Description = "The nodes without their cursors." },
                new FieldDefinition("pageInfo") { Type = pageInfo, Resolver = new PureResolver(static connection => ((IConnection)connection!).PageInfo) },
                new FieldDefinition("totalCount") { Type = new NonNullType(BuiltInScalars.Int), Resolver = TotalCount, Description = "The length of the whole list; counted only when asked for." },
            ],
        };
        return (connection, edge);
    }

    private static AsyncResolver TotalCount { get; } = new(
        static context => ((IConnection)context.Parent!).CountAsync(context.RequestAborted).AsTask(),
        static task => ((Task<int>)task).GetAwaiter().GetResult());

    private static NonNullType Many(GraphQLType item) => new(new ListType(item));

    private static (PureResolver Edges, PureResolver Nodes, PureResolver Node, PureResolver Cursor) Resolvers<T>() => (
        new PureResolver(static connection => ((Connection<T>)connection!).Edges),
        new PureResolver(static connection => ((Connection<T>)connection!).Nodes),
        new PureResolver(static edge => ((Edge<T>)edge!).Node),
        new PureResolver(static edge => ((Edge<T>)edge!).Cursor));
}
