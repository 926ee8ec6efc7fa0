namespace ClientPortal.GraphQL;

/// <summary>Thrown by an <see cref="IGraphQLRequestInitializer"/>: what it needs is away for the moment. Over HTTP the answer is 503, and worth trying again.</summary>
public sealed class RequestUnavailableException(string message, Exception cause) : Exception(message, cause);
