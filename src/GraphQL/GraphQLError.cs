using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL;

/// <summary>An error of a response (specification, section 7.1.2), whether of syntax, validation or execution.</summary>
/// <param name="Message">What is wrong, for the caller to read.</param>
public sealed record GraphQLError(string Message)
{
    /// <summary>The places in the document that it is about; empty when it is about none.</summary>
    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>The field of the response that failed: names (string) and list indices (int). Null for a request error.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>A stable code for programs; it appears as <c>extensions.code</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Further entries of <c>extensions</c>, or null.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }
}
