using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;

namespace ClientPortal.Host.Health;

/// <summary>What has to hold before the first request is answered.</summary>
internal static class StartupChecks
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var sources = services.GetRequiredService<DataSources>();
        foreach (var role in Enum.GetValues<DbRole>())
        {
            await using var connection = await ConnectionSettings.OpenAsync(sources[role], role.ToString(), cancellationToken);
        }

        var source = sources[DbRole.Job];
        await services.GetRequiredService<MigrationSet>().EnsureAppliedAsync(source, cancellationToken);
        var violations = await Hygiene.FindViolationsAsync(source, cancellationToken);
        if (violations.Count > 0)
        {
            throw new FatalException($"The database's protection is not whole, so nothing is served:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
        }

        foreach (var step in services.GetServices<IStartupStep>())
        {
            await step.RunAsync(cancellationToken);
        }
    }
}
