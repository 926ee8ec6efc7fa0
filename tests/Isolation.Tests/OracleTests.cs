using ClientPortal.Host.Oracle;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>The command <c>check oracle</c>, on the demo data with everybody onboarded.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class OracleTests(OnboardedPortal portal)
{
    [Fact]
    public async Task What_every_contact_gets_is_what_plain_joins_say_and_nothing_stays_behind()
    {
        var before = await CountAsync();
        var (contacts, tables, differences) = await AccessOracle.CompareAsync(new NpgsqlConnectionStringBuilder(portal.Portal.Database.ConnectionStrings["Migrator"]), CancellationToken.None);

        Assert.Empty(differences);
        Assert.Equal(portal.Folder.Contacts.Count, contacts);
        Assert.True(tables >= 10, $"{tables} tables were compared");
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("drop policy issued on billing.invoice", "billing.invoice", "too many")]
    [InlineData("drop policy own_client on clients.contact; alter policy me on clients.contact using (true)", "clients.contact", "too many")]
    [InlineData("drop policy own_client on billing.invoice_line; alter policy with_invoice on billing.invoice_line using (true)", "billing.invoice_line", "too many")]
    [InlineData("drop policy with_invoice on billing.payment", "billing.payment", "too many")]
    [InlineData("create policy stricter on projects.ticket as restrictive for select to portal_contact using (status = 'APPROVED')", "projects.ticket", "missing")]
    [InlineData("alter table calendar.event disable row level security", "calendar.event", "too many")]
    public async Task A_policy_that_is_weaker_or_stricter_than_it_must_be_is_named_with_a_row(string change, string table, string difference)
    {
        var database = await World.CreateDatabaseAsync(portal.Fixture);
        await database.ExecuteAsync(change);

        var (_, _, differences) = await AccessOracle.CompareAsync(new NpgsqlConnectionStringBuilder(database.ConnectionStrings["Migrator"]), CancellationToken.None);

        Assert.Contains(differences, d => d.Contains($", {table}:", StringComparison.Ordinal) && d.Contains($"; {difference}:", StringComparison.Ordinal));
    }

    private async Task<long> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.Superuser);
        await using var command = source.CreateCommand("select (select count(*) from accounts.session) + (select count(*) from audit.event)");
        return (long)(await command.ExecuteScalarAsync())!; // counts are never null
    }
}
