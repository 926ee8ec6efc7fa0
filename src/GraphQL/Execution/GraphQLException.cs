namespace ClientPortal.GraphQL;

/// <summary>Thrown by a resolver to answer with an error that the client may read. Any other exception is masked.</summary>
public class GraphQLException : Exception
{
    /// <summary>An error for the client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="code">A stable code, or null.</param>
    public GraphQLException(string message, string? code = null)
        : base(message) => Code = code;

    /// <summary>The stable code, or null.</summary>
    public string? Code { get; }
}
