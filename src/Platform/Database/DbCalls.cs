using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>Runs single statements, most of them functions: the context (if any) and the statement go together, in one transaction and one round trip.</summary>
public static class DbCalls
{
    /// <summary>Runs a statement as <paramref name="session"/> and reads every row.</summary>
    public static Task<List<T>> QueryAsync<T>(this DataSources sources, DbSession session, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAllAsync(sources, session.Role, session, sql, read, cancellationToken);

    /// <summary>Runs a statement as a role that has no context of its own: <see cref="DbRole.Auth"/> or <see cref="DbRole.Job"/>.</summary>
    public static Task<List<T>> QueryAsync<T>(this DataSources sources, DbRole role, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAllAsync(sources, role, null, sql, read, cancellationToken);

    private static async Task<List<T>> ReadAllAsync<T>(DataSources sources, DbRole role, DbSession? session, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var statement = new Statement<T>(sql, session, read);
        await Statement.RunAsync(sources, role, session, [statement], cancellationToken);
        return statement.Rows;
    }
}
