using ClientPortal.Host.Oracle;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(World))]
public sealed class WhoReadsTests(World world)
{
    // What staff read only with a permission; everything else that they may read, they read by being staff.
    private static readonly Dictionary<string, string> Permission = new()
    {
        ["audit.event"] = "AUDIT_VIEW", ["mail.outbox"] = "CLIENTS_INVITE", ["invitations.bulk"] = "CLIENTS_INVITE", ["invitations.bulk_row"] = "CLIENTS_INVITE",
    };

    [Fact]
    public async Task Every_table_has_rows_that_somebody_must_not_see()
    {
        foreach (var table in await world.TablesAsync())
        {
            Assert.True(await world.CountAsync("Superuser", null, null, $"select count(*) from {table}") > 0, table);
        }
    }

    [Fact]
    public async Task ISO_03_every_contact_sees_of_every_kind_and_level_exactly_what_plain_joins_say()
    {
        var (contacts, _, differences) = await AccessOracle.CompareAsync(new NpgsqlConnectionStringBuilder(world.Database.ConnectionStrings["Migrator"]), CancellationToken.None);

        Assert.Empty(differences);
        Assert.Equal(15, contacts);
    }

    [Theory]
    [InlineData("nora", 0, 0, 0, 0, 0)] // nothing, and addressed all the same
    [InlineData("adam", 2, 2, 1, 3, 2)] // the first three addressed; the third withheld, the fourth granted; drafts never
    [InlineData("mia", 2, 5, 2, 3, 2)] // all but the second and the fifth; payments with their invoices
    [InlineData("gil", 1, 0, 1, 2, 1)] // nothing but the first and the third, where they are published; payments with their invoice alone
    [InlineData("una", 0, 0, 0, 0, 0)]
    [InlineData("ina", 0, 0, 0, 0, 0)] // a sign-in that is not active
    [InlineData("sam", 0, 0, 0, 0, 0)] // a client that is not active
    public async Task ISO_03_levels_addressees_and_exceptions_add_up(string contact, long invoices, long payments, long tickets, long projects, long events)
    {
        var seen = new List<long?>();
        foreach (var table in new[] { "billing.invoice", "billing.payment", "projects.ticket", "projects.project", "calendar.event" })
        {
            seen.Add(await world.CountAsync("Contact", contact, contact, $"select count(*) from {table}"));
        }

        Assert.Equal([invoices, payments, tickets, projects, events], seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("ended token of alice")]
    [InlineData("idle token of alice")]
    [InlineData("over token of alice")]
    [InlineData("bob")] // another client's person
    [InlineData("adam")] // a colleague
    [InlineData("ina")]
    [InlineData("nothing")] // staff without PORTAL_PREVIEW
    [InlineData("CLIENTS_MANAGE")]
    [InlineData("left")]
    [InlineData("ended token of others")]
    public async Task Naming_a_contact_without_a_live_session_of_theirs_shows_nothing(string? person) => await AssertEmptyAsync("Contact", person, "alice");

    [Theory]
    [InlineData("una")]
    [InlineData("ivo")]
    [InlineData("rita")]
    [InlineData("ina")]
    [InlineData("sam")]
    public async Task A_contact_without_portal_access_shows_nothing_to_anybody(string contact)
    {
        foreach (var person in new[] { "alice", "sam", "ina", "bob", "nothing" })
        {
            await AssertEmptyAsync("Contact", person, contact);
        }
    }

    [Fact]
    public async Task A_preview_shows_what_the_contact_sees_and_nothing_at_a_client_that_is_not_active()
    {
        foreach (var contact in new[] { "alice", "adam", "nora", "mia", "gil", "bob" })
        {
            foreach (var table in new[] { "billing.invoice", "billing.invoice_line", "billing.payment", "projects.ticket", "projects.project", "calendar.event", "clients.contact" })
            {
                Assert.Equal(await world.CountAsync("Contact", contact == "alice at B" ? "alice" : contact, contact, $"select count(*) from {table}"), await world.CountAsync("Contact", "PORTAL_PREVIEW", contact, $"select count(*) from {table}"));
            }
        }

        await AssertEmptyAsync("Contact", "PORTAL_PREVIEW", "sam");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("alice")] // a client's person in the role of staff
    [InlineData("left")]
    [InlineData("ended token of CLIENTS_MANAGE")]
    [InlineData("idle token of CLIENTS_MANAGE")]
    [InlineData("over token of CLIENTS_MANAGE")]
    [InlineData("ended token of others")]
    public async Task DBR_09_staff_tables_are_empty_for_whoever_is_no_staff(string? person) => await AssertEmptyAsync("Staff", person, "alice");

    [Fact]
    public async Task DBR_09_what_needs_a_permission_is_empty_without_it()
    {
        foreach (var (table, permission) in Permission)
        {
            foreach (var other in new[] { "nothing", "CLIENTS_MANAGE", "BILLING_MANAGE", "PROJECTS_MANAGE", "CALENDAR_MANAGE", "PORTAL_PREVIEW", "STAFF_MANAGE", "AUDIT_VIEW", "CLIENTS_INVITE" })
            {
                var rows = await world.CountAsync("Staff", other, null, $"select count(*) from {table}");
                Assert.True(other == permission ? rows > 0 : rows == 0, $"{other} reads {rows} rows of {table}");
            }
        }
    }

    [Fact]
    public async Task Staff_see_of_people_staff_alone()
    {
        Assert.Equal(11, await world.CountAsync("Staff", "nothing", null, "select count(*) from accounts.person"));
    }

    [Theory]
    [InlineData("Auth", "CLIENTS_MANAGE")]
    [InlineData("Job", "CLIENTS_MANAGE")]
    [InlineData("Auth", "alice")]
    [InlineData("Job", "alice")]
    public async Task DBR_08_roles_that_call_functions_read_no_table_at_all(string role, string person)
    {
        foreach (var table in await world.TablesAsync())
        {
            Assert.Null(await world.CountAsync(role, person, "alice", $"select count(*) from {table}"));
        }
    }

    [Fact]
    public async Task Whoever_owns_the_tables_reads_none_of_them()
    {
        foreach (var table in (await world.TablesAsync()).Where(t => t != "clients.record_source"))
        {
            await world.RunAsync("Superuser", "CLIENTS_MANAGE", "alice", "set local role portal_owner", $"select 1 / (case when exists (select from {table}) then 0 else 1 end)");
        }
    }

    private async Task AssertEmptyAsync(string role, string? person, string contact)
    {
        foreach (var table in await world.TablesAsync())
        {
            Assert.Contains(await world.CountAsync(role, person, contact, $"select count(*) from {table}"), new long?[] { 0, null });
        }
    }
}
