namespace ClientPortal.GraphQL.Language;

/// <summary>Bounds on a document, checked before anything is allocated or recursed into.</summary>
public sealed record ParserOptions
{
    /// <summary>For documents from outside.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>For documents that the server itself brings along, such as its schema. The depth stays bounded: a stack overflow ends the process.</summary>
    public static ParserOptions Trusted { get; } = new() { MaxBytes = int.MaxValue, MaxTokens = int.MaxValue, MaxNameLength = int.MaxValue };

    /// <summary>Most bytes of a document.</summary>
    public int MaxBytes { get; init; } = 256 * 1024;

    /// <summary>Most tokens of a document; comments and other ignored text do not count.</summary>
    public int MaxTokens { get; init; } = 10_000;

    /// <summary>Most characters of a name. An alias is written once and sent back for each object of a list; an error names the operation that it is about.</summary>
    public int MaxNameLength { get; init; } = 256;

    /// <summary>
    /// Deepest nesting of selection sets, lists, objects and list types, taken together. Every pass over the tree recurses
    /// at most this deep for one definition, which fits a 256 KB stack several times over.
    /// </summary>
    public int MaxDepth { get; init; } = 128;
}
