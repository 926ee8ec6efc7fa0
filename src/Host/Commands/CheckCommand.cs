using ClientPortal.Host.Configuration;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Host.Commands;

/// <summary><c>check</c>: asks the database whether its own protection is whole. Exit code 1 when it is not.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
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
            return violations.Count == 0 ? 0 : 1;
        }
    }
}
