using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>Calls SQL functions: the context (if any) and the statement go together, in one transaction and one round trip.</summary>
public static class DbCalls
{
    /// <summary>Runs a statement as <paramref name="session"/> and reads every row.</summary>
    public static async Task<List<T>> QueryAsync<T>(this DataSources sources, DbSession session, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = sources[session.Role].CreateCommand(DbSession.SetContext + sql);
        command.Parameters.AddRange(session.ContextParameters.Concat(parameters).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await ReadAllAsync(reader, read, cancellationToken);
    }

    /// <summary>Runs a statement as a role that has no context of its own: <see cref="DbRole.Auth"/> or <see cref="DbRole.Job"/>.</summary>
    public static async Task<List<T>> QueryAsync<T>(this DataSources sources, DbRole role, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = sources[role].CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAllAsync(reader, read, cancellationToken);
    }

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
