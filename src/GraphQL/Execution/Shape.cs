using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

internal enum ShapeKind
{
    Leaf,
    List,
    Object,
    Abstract,
}

/// <summary>A type as completion needs it: whether null may stand there, and what is inside.</summary>
internal sealed class Shape
{
    private Shape(GraphQLType type)
    {
        NonNull = type is NonNullType;
        var nullable = type.Nullable;
        Named = nullable.Named;
        Scalar = Named as ScalarType;
        (Kind, Item) = nullable switch
        {
            ListType list => (ShapeKind.List, new Shape(list.Of)),
            ObjectType => (ShapeKind.Object, null),
            InterfaceType or UnionType => (ShapeKind.Abstract, null),
            _ => (ShapeKind.Leaf, (Shape?)null),
        };
    }

    public bool NonNull { get; }

    public ShapeKind Kind { get; }

    /// <summary>The items' shape; null except for lists.</summary>
    public Shape? Item { get; }

    public NamedType Named { get; }

    /// <summary><see cref="Named"/> as a scalar; null when it is none.</summary>
    public ScalarType? Scalar { get; }

    public static Shape Of(GraphQLType type) => new(type);
}
