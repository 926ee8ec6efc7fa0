using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Import;
using Npgsql;

namespace ClientPortal.Host.Import;

/// <summary>
/// Fills an empty portal with the sample folder, once, when <c>Portal__Demo</c> is on. It takes the migrator's login, which a
/// host has with the embedded database only; on a database of one's own the command import does the same.
/// </summary>
internal sealed class DemoData(PortalOptions options, IConfiguration configuration, IEnumerable<IImportStep> steps) : IStartupStep
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Demo || configuration.GetConnectionString(ConnectionSettings.Migrator) is not { Length: > 0 } || await HasClientsAsync(cancellationToken))
        {
            return;
        }

        var result = await FolderImport.RunAsync(configuration, steps, Folder, progress: null, cancellationToken);
        if (result.ErrorCount > 0)
        {
            throw new FatalException($"The demo data in {Folder} is damaged: {result.Errors[0]}");
        }
    }

    private async Task<bool> HasClientsAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionSettings.Read(configuration, ConnectionSettings.Migrator));
        await using var connection = await ConnectionSettings.OpenAsync(source, ConnectionSettings.Migrator, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("set local role portal_import; select exists (select from clients.client)", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
