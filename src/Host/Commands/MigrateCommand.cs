using ClientPortal.Host.Configuration;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;

namespace ClientPortal.Host.Commands;

/// <summary><c>migrate</c>: brings the database up to this build.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var builder = PortalConfiguration.CreateBuilder(settings, given: null);
        await using var database = await PortalDatabase.OpenAsync(builder.Configuration, builder.Environment, cancellationToken);
        var applied = await Migrator.MigrateAsync(ConnectionSettings.Read(builder.Configuration, ConnectionSettings.Migrator), MigrationSet.Of(Modules.All), cancellationToken);
        foreach (var file in database.Migrated.Concat(applied))
        {
            Console.WriteLine($"applied {file}");
        }

        Console.WriteLine("The database is up to date.");
        return 0;
    }
}
