using ClientPortal.Platform.Migrations;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>The query <c>Sql/hygiene.sql</c>: one row for every way in which the database's own protection is weaker than it must be.</summary>
public static class Hygiene
{
    private static readonly string Query = MigrationSet.Text(typeof(Hygiene).Assembly, "Sql/hygiene.sql");

    /// <summary>Looks for violations. Any login role may: the catalogue is open to all.</summary>
    /// <returns>One line a violation; empty when all is well.</returns>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var violations = new List<string>();
#pragma warning disable CA2100 // the text is this build's own
        await using var command = source.CreateCommand(Query);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            violations.Add($"{reader.GetString(0)}: {reader.GetString(1)}");
        }

        return violations;
    }
}
