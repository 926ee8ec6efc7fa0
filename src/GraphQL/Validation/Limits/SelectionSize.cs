namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>What a selection set comes to with its fragments expanded. Numbers stop growing at a billion, for fragments can double them at every level.</summary>
internal readonly record struct SelectionSize
{
    private const double Ceiling = 1e9;

    public int Depth { get; init; }

    public double Fields { get; init; }

    public double Aliases { get; init; }

    public double Directives { get; init; }

    public double Spreads { get; init; }

    /// <summary>Fields of the set itself, not below them.</summary>
    public double TopFields { get; init; }

    public int IntrospectionLists { get; init; }

    public double Cost { get; init; }

    /// <summary>Both in one selection set.</summary>
    public SelectionSize And(SelectionSize other) => new()
    {
        Depth = Math.Max(Depth, other.Depth),
        Fields = Math.Min(Fields + other.Fields, Ceiling),
        Aliases = Math.Min(Aliases + other.Aliases, Ceiling),
        Directives = Math.Min(Directives + other.Directives, Ceiling),
        Spreads = Math.Min(Spreads + other.Spreads, Ceiling),
        TopFields = Math.Min(TopFields + other.TopFields, Ceiling),
        IntrospectionLists = Math.Max(IntrospectionLists, other.IntrospectionLists),
        Cost = Math.Min(Cost + other.Cost, Ceiling),
    };

    /// <summary>This, selected below a field.</summary>
    public SelectionSize Below(bool hasAlias, bool isIntrospectionList, double times) => this with
    {
        Depth = Depth + 1,
        Fields = Fields + 1,
        Aliases = Aliases + (hasAlias ? 1 : 0),
        TopFields = 1,
        IntrospectionLists = IntrospectionLists + (isIntrospectionList ? 1 : 0),
        Cost = 1 + (times * Cost),
    };
}
