namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>What one operation may ask for. Fragments count wherever they are spread, so that small documents cannot stand for huge ones.</summary>
public sealed record QueryLimitOptions
{
    /// <summary>Most levels of fields. The usual introspection query needs 15.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>Most fields.</summary>
    public int MaxFields { get; init; } = 2_000;

    /// <summary>Most fields with an alias.</summary>
    public int MaxAliases { get; init; } = 200;

    /// <summary>Most directives.</summary>
    public int MaxDirectives { get; init; } = 200;

    /// <summary>Most fragment spreads.</summary>
    public int MaxFragmentSpreads { get; init; } = 500;

    /// <summary>Most fields at the root; each is a use case or query of its own.</summary>
    public int MaxRootFields { get; init; } = 20;

    /// <summary>Most operations in a document.</summary>
    public int MaxOperations { get; init; } = 50;

    /// <summary>Most nested lists of fields, interfaces and the like in introspection. Each level multiplies the answer by the size of the schema.</summary>
    public int MaxIntrospectionLists { get; init; } = 2;

    /// <summary>Most fields in the answer, where a field with <c>first</c>, <c>last</c> or <c>ids</c> counts everything below it that many times.</summary>
    public int MaxCost { get; init; } = 50_000;

    /// <summary>How many items such a field has when none of them is given, or not yet known.</summary>
    public int DefaultPageSize { get; init; } = 20;
}
