using Npgsql;

namespace ClientPortal.Platform.Import;

/// <summary>Imports a folder of CSV files: all of it, or nothing.</summary>
/// <param name="steps">The modules' steps, in the order in which they depend on each other.</param>
public sealed class Importer(IEnumerable<IImportStep> steps)
{
    // Any number will do, as long as every import takes the same.
    private const long ImportLock = 7_238_401;

    // Below that autovacuum is soon enough.
    private const long WorthAnalyzing = 10_000;

    /// <summary>Reads, checks and writes the folder in one transaction. One import runs at a time; a second one waits.</summary>
    /// <param name="connection">An open connection of <c>portal_migrator</c>.</param>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="progress">Told how far the import is.</param>
    /// <param name="cancellationToken">Cancelling rolls everything back.</param>
    /// <exception cref="FatalException">There is no such folder, or the portal changed under the import.</exception>
    public async Task<ImportResult> RunAsync(NpgsqlConnection connection, string folder, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new FatalException($"There is no folder {folder} to import.");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({ImportLock}); set local role portal_import", cancellationToken);
        var context = new ImportContext(folder, connection, progress);
        foreach (var step in steps)
        {
            await step.RunAsync(context, cancellationToken);
        }

        if (context.Errors.Count == 0)
        {
            await transaction.CommitAsync(cancellationToken);
            await AnalyzeAsync(connection, [.. context.Written.Where(w => w.Value >= WorthAnalyzing).Select(w => w.Key)], cancellationToken);
        }
        else
        {
            await transaction.RollbackAsync(cancellationToken);
        }

        return new ImportResult([.. context.Files.Select(f => new ImportedFile(f.Name, f.Added, f.Present))], context.Errors.InOrder(), context.Errors.Count);
    }

    // Fresh statistics, so that the first page after a large import is not planned for an empty table. Only the owner may.
    private static async Task AnalyzeAsync(NpgsqlConnection connection, string[] tables, CancellationToken cancellationToken)
    {
        if (tables.Length > 0)
        {
            await ExecuteAsync(connection, $"set role portal_owner; analyze {string.Join(", ", tables)}; reset role", cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // the statement is made of constants
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
