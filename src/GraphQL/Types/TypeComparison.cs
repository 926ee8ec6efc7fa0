namespace ClientPortal.GraphQL.Types;

/// <summary>How types relate.</summary>
internal static class TypeComparison
{
    /// <summary>Whether both are the same type, wrapped alike.</summary>
    public static bool AreEqual(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (NonNullType x, NonNullType y) => AreEqual(x.Of, y.Of),
        (ListType x, ListType y) => AreEqual(x.Of, y.Of),
        _ => a == b,
    };

    /// <summary>Whether every value of <paramref name="a"/> is one of <paramref name="b"/> (3.6.1 IsValidImplementationFieldType, 5.8.5 AreTypesCompatible).</summary>
    public static bool IsSubtype(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (NonNullType x, NonNullType y) => IsSubtype(x.Of, y.Of),
        (NonNullType x, _) => IsSubtype(x.Of, b),
        (ListType x, ListType y) => IsSubtype(x.Of, y.Of),
        _ => a == b || (a is NamedType x && b is NamedType y && IsPossible(x, y)),
    };

    /// <summary>Whether values of both types can be of one object type (5.5.2.3).</summary>
    public static bool Overlap(NamedType a, NamedType b) => a == b || (a, b) switch
    {
        (ObjectType x, _) => PossibleTypes(b).Contains(x),
        (_, ObjectType y) => PossibleTypes(a).Contains(y),
        _ => PossibleTypes(a).Intersect(PossibleTypes(b)).Any(),
    };

    /// <summary>The object types that a value of an object, interface or union can be of.</summary>
    public static IReadOnlyList<ObjectType> PossibleTypes(NamedType type) => type switch
    {
        ObjectType t => [t],
        InterfaceType t => t.PossibleTypes,
        UnionType t => t.PossibleTypes,
        _ => [],
    };

    private static bool IsPossible(NamedType type, NamedType of) => of switch
    {
        InterfaceType i => type is FieldsType t && t.Interfaces.Contains(i),
        UnionType u => type is ObjectType o && u.PossibleTypes.Contains(o),
        _ => false,
    };
}
