using ClientPortal.Host.Configuration;
using ClientPortal.Host.EmbeddedPostgres;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;

namespace ClientPortal.Host;

/// <summary>The database that the settings name, or an embedded one, started and migrated. Either way the settings are complete afterwards.</summary>
internal sealed class PortalDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? local;

    private PortalDatabase(LocalPostgres? local, IReadOnlyList<string> migrated)
    {
        this.local = local;
        Migrated = migrated;
    }

    /// <summary>The SQL files that were applied to an embedded database just now.</summary>
    public IReadOnlyList<string> Migrated { get; }

    public static async Task<PortalDatabase> OpenAsync(IConfiguration configuration, IHostEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            PortalConfiguration.DefaultPublicUrl(configuration);
        }

        if (ConnectionSettings.AnySet(configuration))
        {
            return new PortalDatabase(null, []);
        }

        var folder = DataFolder.Prepare(configuration["Portal:DataFolder"]);
        var local = await LocalPostgres.StartAsync(folder, configuration["Portal:PostgresBinaries"], cancellationToken);
        try
        {
            Complete(configuration, environment, folder, local);
            var migrated = await Migrator.MigrateAsync(ConnectionSettings.Read(configuration, ConnectionSettings.Migrator), MigrationSet.Of(Modules.All), cancellationToken);
            return new PortalDatabase(local, migrated);
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    private static void Complete(IConfiguration configuration, IHostEnvironment environment, string folder, LocalPostgres local)
    {
        configuration["Portal:DataFolder"] = folder;
        foreach (var login in ConnectionSettings.Logins)
        {
            configuration[$"ConnectionStrings:{login}"] = local.ConnectionString(login);
        }

        Default("Portal:LinkKey", local.Secrets.LinkKey);
        if (!environment.IsDevelopment())
        {
            return;
        }

        Default("Portal:Demo", "true");
        if (!configuration.GetSection("Portal:FirstStaff").GetChildren().Any())
        {
            Default("Portal:FirstStaff:Email", "staff@example.com");
            Default("Portal:FirstStaff:Password", local.Secrets.StaffPassword);
            Default("Portal:FirstStaff:Name", "Portal Staff");
        }

        void Default(string key, string value)
        {
            if (string.IsNullOrWhiteSpace(configuration[key]))
            {
                configuration[key] = value;
            }
        }
    }

    public ValueTask DisposeAsync() => local?.DisposeAsync() ?? ValueTask.CompletedTask;
}
