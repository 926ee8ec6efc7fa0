using ClientPortal.GraphQL.Validation.Limits;

namespace ClientPortal.GraphQL.Validation;

/// <summary>How documents are validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>For documents from outside.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Bounds on what one document may ask for; null for none.</summary>
    public QueryLimitOptions? Limits { get; init; } = new();

    /// <summary>Whether errors suggest names that exist. Off by default: in production they would tell a hidden schema name by name.</summary>
    public bool SuggestNames { get; init; }

    /// <summary>After how many errors the rest is left out.</summary>
    public int MaxErrors { get; init; } = 100;

    /// <summary>How many fields the merging rule looks at, over all sets that it has to compare, before it calls a document too complex. Ordinary documents need about as many as they have fields.</summary>
    public int MaxMergeWork { get; init; } = 50_000;
}
