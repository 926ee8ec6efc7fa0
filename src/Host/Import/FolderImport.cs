using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Import;
using Npgsql;

namespace ClientPortal.Host.Import;

/// <summary>Imports a folder with the migrator's login: the command and the demo data alike.</summary>
internal static class FolderImport
{
    public static async Task<ImportResult> RunAsync(
        IConfiguration configuration, IEnumerable<IImportStep> steps, string folder, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var settings = ConnectionSettings.Read(configuration, ConnectionSettings.Migrator);
        await using var source = NpgsqlDataSource.Create(settings);
        await using var connection = await ConnectionSettings.OpenAsync(source, ConnectionSettings.Migrator, cancellationToken);
        try
        {
            return await new Importer(steps).RunAsync(connection, folder, progress, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new FatalException($"The database is not up to date ({exception.MessageText}); nothing was written. Run migrate first.");
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            throw new FatalException($"The connection to the database broke off; nothing was written ({exception.GetBaseException().Message.ReplaceLineEndings(" ")}).");
        }
    }
}
