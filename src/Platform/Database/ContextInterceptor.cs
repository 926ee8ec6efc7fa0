using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Puts who is asking in front of every statement of a <see cref="PortalDb"/>, in the same batch and so in the same
/// transaction. A context without a session is refused: there is no way to ask without saying who.
/// </summary>
internal sealed class ContextInterceptor : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        throw new NotSupportedException("Read asynchronously: a blocked thread serves nobody.");

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var session = ((PortalDb)eventData.Context!).Session; // set by every lease; the interceptor serves PortalDb alone
        command.CommandText = DbSession.SetContext + command.CommandText;
        foreach (var parameter in session.ContextParameters)
        {
            command.Parameters.Add(parameter);
        }

        return new(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await result.NextResultAsync(cancellationToken);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A scalar would be the context's own result.");

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        InterceptionResult<DbDataReader> none = default;
        await ReaderExecutingAsync(command, eventData, none, cancellationToken);
        return result;
    }
}
