namespace ClientPortal.GraphQL.Execution;

/// <summary>The values of <c>extensions.code</c> for requests that are refused and fields that fail.</summary>
internal static class ExecutionCodes
{
    public const string BadUserInput = "BAD_USER_INPUT";
    public const string BadPage = "BAD_PAGE";
    public const string BadRequest = "BAD_REQUEST";
    public const string Internal = "INTERNAL";
    public const string IntrospectionOff = "INTROSPECTION_DISABLED";
    public const string NotFound = "NOT_FOUND";
    public const string NullValue = "UNEXPECTED_NULL";
    public const string OperationNotFound = "OPERATION_NOT_FOUND";
    public const string Timeout = "TIMEOUT";
    public const string TooManyNodes = "TOO_MANY_NODES";
    public const string TooSlow = "TOO_SLOW";
    public const string Unavailable = "UNAVAILABLE";
    public const string UnknownDocument = "PERSISTED_QUERY_NOT_FOUND";
    public const string UntrustedDocument = "DOCUMENT_NOT_TRUSTED";
}
