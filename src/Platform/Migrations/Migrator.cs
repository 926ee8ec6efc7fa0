using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Migrations;

/// <summary>Brings a database up to this build. All pending files run in one transaction: a database is never between two versions.</summary>
public static class Migrator
{
    // Any number will do, as long as nothing else in this database locks it.
    private const long LockKey = 0x706F7274616C;

    /// <summary>Runs what is pending.</summary>
    /// <param name="settings">The connection of the login <see cref="ConnectionSettings.Migrator"/>.</param>
    /// <param name="migrations">The build's files.</param>
    /// <param name="cancellationToken">Stops and rolls back.</param>
    /// <returns>The files that were applied, as <c>Module/file</c>.</returns>
    /// <exception cref="FatalException">No connection, a file that failed, or one that was changed or removed after it was applied.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlConnectionStringBuilder settings, MigrationSet migrations, CancellationToken cancellationToken)
    {
        // One connection for one transaction: nothing to pool, and no time-out, because a big table may take long.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await ConnectionSettings.OpenAsync(source, ConnectionSettings.Migrator, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync($"select pg_advisory_xact_lock({LockKey})", connection, cancellationToken);
        await ExecuteAsync("set local role portal_owner", connection, cancellationToken);
        await ExecuteAsync(MigrationRecord.Create, connection, cancellationToken);

        var applied = await MigrationRecord.ReadAsync(connection, cancellationToken);
        RefuseRemoved(migrations, applied);
        var pending = migrations.Pending(applied);
        foreach (var file in pending)
        {
            await ApplyAsync(file, connection, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. pending.Select(file => file.ToString())];
    }

    private static void RefuseRemoved(MigrationSet migrations, IReadOnlyDictionary<string, string> applied)
    {
        var known = migrations.Files.Select(file => file.ToString()).ToHashSet();
        if (applied.Keys.Order(StringComparer.Ordinal).FirstOrDefault(file => !known.Contains(file)) is { } removed)
        {
            throw new FatalException($"Migration {removed} was applied to this database but is not in this build: run a newer build, or restore the file.");
        }
    }

    private static async Task ApplyAsync(MigrationFile file, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("set local role portal_owner", connection, cancellationToken); // the file before may have left another
            await ExecuteAsync(file.Sql, connection, cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new FatalException($"Migration {file} failed: {exception.MessageText.ReplaceLineEndings(" ")} ({exception.SqlState}{(exception.Where is { } where ? $", {where.ReplaceLineEndings(" ")}" : "")}).");
        }

        await ExecuteAsync("set local role portal_owner", connection, cancellationToken);
        await using var record = new NpgsqlCommand("insert into platform.migration (module, file, sha256) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = file.Module }, new() { Value = file.Name }, new() { Value = file.Sha256 } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

#pragma warning disable CA2100 // the text is this build's own SQL, never anybody's input
    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
#pragma warning restore CA2100
}
