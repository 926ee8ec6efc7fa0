using Npgsql;

namespace ClientPortal.Testing;

/// <summary>A transaction that others wait for.</summary>
public sealed class HeldTransaction(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Runs one statement in it, with values for $1, $2 …</summary>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = TestDatabase.Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends it, with what it did.</summary>
    public Task CommitAsync() => ExecuteAsync("commit");

    /// <summary>Ends it; what it did is undone unless it was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("rollback"); // nothing when it was committed; a connection that is just closed may hold its locks for a moment longer
        await connection.DisposeAsync();
    }
}
