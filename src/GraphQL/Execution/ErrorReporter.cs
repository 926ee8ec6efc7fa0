using Microsoft.Extensions.Logging;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Turns exceptions into errors for the client. Only what was meant for the client gets through; the rest is masked, and logged under an id that the client gets.</summary>
internal sealed partial class ErrorReporter(Func<Exception, string?> unavailable, ILogger<ErrorReporter> logger)
{
    // No document, no variables: they may hold secrets.
    public GraphQLError Report(Exception exception, PlannedField field)
    {
        switch (exception)
        {
            case GraphQLException meant:
                return new GraphQLError(meant.Message) { Code = meant.Code };
            case InputException input:
                return new GraphQLError(input.Message) { Code = ExecutionCodes.BadUserInput };
            default:
                if (Away(exception) is { } away)
                {
                    return away;
                }

                var id = Guid.NewGuid().ToString("N");
                LogFieldFailed(logger, field.Type.Name, field.Definition.Name, id, exception);
                return Unexpected(id);
        }
    }

    /// <summary>An exception outside of any field.</summary>
    public GraphQLError Report(Exception exception)
    {
        if (Away(exception) is { } away)
        {
            return away;
        }

        var id = Guid.NewGuid().ToString("N");
        LogRequestFailed(logger, id, exception);
        return Unexpected(id);
    }

    private GraphQLError? Away(Exception exception)
    {
        if (unavailable(exception) is not { } message)
        {
            return null;
        }

        LogUnavailable(logger, exception.GetType().Name, exception.Message); // without its stack: there may be one for each who asks meanwhile
        return new GraphQLError(message) { Code = ExecutionCodes.Unavailable };
    }

    private static GraphQLError Unexpected(string id) => new("Unexpected error")
    {
        Code = ExecutionCodes.Internal,
        Extensions = new Dictionary<string, object?> { ["id"] = id },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Field {TypeName}.{FieldName} failed, error {ErrorId}")]
    private static partial void LogFieldFailed(ILogger logger, string typeName, string fieldName, string errorId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a request needs is away: {Kind}: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "GraphQL request failed, error {ErrorId}")]
    private static partial void LogRequestFailed(ILogger logger, string errorId, Exception exception);
}
