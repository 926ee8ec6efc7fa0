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

    private async Task<long> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.Superuser);
        await using var command = source.CreateCommand("select (select count(*) from accounts.session) + (select count(*) from audit.event)");
        return (long)(await command.ExecuteScalarAsync())!; // counts are never null
    }
}
