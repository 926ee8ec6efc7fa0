namespace ClientPortal.GraphQL;

/// <summary>The values of <c>extensions.code</c> for errors of the document itself; the names that clients already know from other servers.</summary>
internal static class ErrorCodes
{
    public const string Syntax = "GRAPHQL_PARSE_FAILED";
    public const string Validation = "GRAPHQL_VALIDATION_FAILED";
    public const string Limit = "QUERY_LIMIT_EXCEEDED";
}
