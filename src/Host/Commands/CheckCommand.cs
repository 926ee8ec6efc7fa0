using ClientPortal.Host.Configuration;
using ClientPortal.Host.Oracle;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Host.Commands;

/// <summary>
/// <c>check</c>: asks the database whether its own protection is whole. <c>check oracle</c> compares, besides, what every contact
/// gets with an independent computation over all rows. Exit code 1 when anything was found.
/// </summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(bool withOracle, string[] settings, CancellationToken cancellationToken)
    {
        var builder = PortalConfiguration.CreateBuilder(settings, given: null);
        await using var database = await PortalDatabase.OpenAsync(builder.Configuration, builder.Environment, cancellationToken);
        await using var source = NpgsqlDataSource.Create(ConnectionSettings.Read(builder.Configuration, nameof(DbRole.Job)));
        await using (await ConnectionSettings.OpenAsync(source, nameof(DbRole.Job), cancellationToken))
        {
            var violations = await Hygiene.FindViolationsAsync(source, cancellationToken);
            foreach (var violation in violations)
            {
                Console.WriteLine(violation);
            }

            Console.WriteLine($"{violations.Count} violations");
            var differences = withOracle ? await CompareAsync(ConnectionSettings.Read(builder.Configuration, ConnectionSettings.Migrator), cancellationToken) : 0;
            return violations.Count + differences == 0 ? 0 : 1;
        }
    }

    private static async Task<int> CompareAsync(NpgsqlConnectionStringBuilder migrator, CancellationToken cancellationToken)
    {
        var (contacts, tables, differences) = await AccessOracle.CompareAsync(migrator, cancellationToken);
        foreach (var difference in differences)
        {
            Console.WriteLine(difference);
        }

        Console.WriteLine($"{differences.Count} differences in what {contacts} contacts see of {tables} tables");
        return differences.Count;
    }
}
