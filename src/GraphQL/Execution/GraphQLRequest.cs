using System.Text.Json;

namespace ClientPortal.GraphQL;

/// <summary>One request: a document and what to run of it.</summary>
/// <param name="Query">The document's text; null when <paramref name="DocumentId"/> names a trusted document.</param>
/// <param name="OperationName">The operation to run; null when the document has only one.</param>
/// <param name="Variables">A JSON object, or undefined/null.</param>
/// <param name="DocumentId">The SHA-256 (lower-case hexadecimal) of a trusted document, or null.</param>
public sealed record GraphQLRequest(string? Query, string? OperationName = null, JsonElement Variables = default, string? DocumentId = null);
