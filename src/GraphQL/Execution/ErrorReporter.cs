using Microsoft.Extensions.Logging;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Turns exceptions into errors for the client. Only what was meant for the client gets through; the rest is masked, and logged under an id that the client gets.</summary>
internal sealed partial class ErrorReporter(ILogger<ErrorReporter> logger)
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
                var id = Guid.NewGuid().ToString("N");
                LogFieldFailed(logger, field.Type.Name, field.Definition.Name, id, exception);
                return Unexpected(id);
        }
    }

    /// <summary>An exception outside of any field.</summary>
    public GraphQLError Report(Exception exception)
    {
        var id = Guid.NewGuid().ToString("N");
        LogRequestFailed(logger, id, exception);
        return Unexpected(id);
    }

    private static GraphQLError Unexpected(string id) => new("Unexpected error")
    {
        Code = ExecutionCodes.Internal,
        Extensions = new Dictionary<string, object?> { ["id"] = id },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Field {TypeName}.{FieldName} failed, error {ErrorId}")]
    private static partial void LogFieldFailed(ILogger logger, string typeName, string fieldName, string errorId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "GraphQL request failed, error {ErrorId}")]
    private static partial void LogRequestFailed(ILogger logger, string errorId, Exception exception);
}
