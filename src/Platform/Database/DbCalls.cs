using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>Runs single statements, most of them functions: the context (if any) and the statement go together, in one transaction and one round trip.</summary>
public static class DbCalls
{
    /// <summary>Runs a statement as <paramref name="session"/> and reads every row.</summary>
    public static Task<List<T>> QueryAsync<T>(this DataSources sources, DbSession session, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAllAsync(sources[session.Role], session, sql, read, cancellationToken);

    /// <summary>Runs a statement as a role that has no context of its own: <see cref="DbRole.Auth"/> or <see cref="DbRole.Job"/>.</summary>
    public static Task<List<T>> QueryAsync<T>(this DataSources sources, DbRole role, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAllAsync(sources[role], null, sql, read, cancellationToken);

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataSource source, DbSession? session, FormattableString sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        if (session is not null)
        {
            batch.BatchCommands.Add(session.ContextCommand());
        }

        batch.BatchCommands.Add(SqlText.Command(sql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (session is not null)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
