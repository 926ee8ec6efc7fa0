using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What a list, its count and the dashboard read, in rows: at every level, for the client with the most records. Nothing here is timed.</summary>
[Collection(nameof(BigDatabase))]
public sealed class PlanTests(BigDatabase big)
{
    private const int Page = 21; // what a page of 20 asks for

    // Contacts of the large client by what they may see; 20 of each are granted and withheld where it says so.
    private const int Staff = 0, All = 8, AllWithExceptions = 4, AllSet = 3, Addressed = 9, AddressedOften = 1, AddressedWithExceptions = 5, None = 2, NoneWithGranted = 6;
    private static readonly int[] Everybody = [Staff, All, AllWithExceptions, AllSet, Addressed, AddressedOften, AddressedWithExceptions, None, NoneWithGranted];

    // Who sees some of a kind goes the way that starts from what names them. The others may go either: a preview does not know.
    private static string[] WaysOf(int who) => who is Staff or All or AllWithExceptions or AllSet ? ["", "_list"] : ["_list"];

    // As the lists of the portal ask. The keyset of a further page is one from the middle.
    private static readonly (string Table, string Sql)[] Pages =
    [
        ("invoice", "select * from billing.invoice_today{way} i where i.client_id = $1 order by i.sorted_on desc, i.id desc limit 21"),
        ("invoice", "select * from billing.invoice_today{way} i where i.client_id = $1 and (i.sorted_on, i.id) < (current_date - 700, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) order by i.sorted_on desc, i.id desc limit 21"),
        ("ticket", "select t.id, t.title, t.status from projects.ticket{way} t where t.client_id = $1 order by t.sorted_on desc, t.id desc limit 21"),
        ("ticket", "select t.id, t.title, t.status from projects.ticket{way} t where t.client_id = $1 and (t.sorted_on, t.id) < (current_date - 700, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) order by t.sorted_on desc, t.id desc limit 21"),
    ];

    private static readonly (string Table, string Sql)[] Counts =
    [
        ("invoice", "select count(*) from billing.invoice_today{way} i where i.client_id = $1"),
        ("invoice", "select count(*) from billing.invoice_today{way} i where i.client_id = $1 and nullif(i.status = any ('{PAID,OVERDUE}'), false) is not null"),
        ("invoice", "select f.status, f.invoices, f.outstanding from billing.figures{way} f where f.client_id = any (array[$1])"),
        ("ticket", "select count(*) from projects.ticket{way} t where t.client_id = $1"),
        ("ticket", "select count(*) from projects.ticket{way} t where t.client_id = $1 and t.status = 'APPROVED' and t.invoice_id is null"),
    ];

    private static readonly string[] Rest =
    [
        "select count(*) from projects.project{way} p where p.client_id = $1 and p.status = 'ACTIVE'",
        "select p.id, p.name, p.status from projects.project{way} p where p.client_id = $1 order by p.name, p.id limit 21",
        "select e.id, e.title, e.starts_at from calendar.event{way} e where e.client_id = $1 order by e.starts_at, e.id limit 21",
        "select e.id, e.title, e.starts_at from calendar.event{way} e where e.client_id = $1 and e.ends_at > now() order by e.starts_at, e.id limit 5",
    ];

    public static TheoryData<int, bool> EverybodyByPlan
    {
        get
        {
            var cases = new TheoryData<int, bool>();
            foreach (var who in Everybody)
            {
                cases.Add(who, true);
                cases.Add(who, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(EverybodyByPlan))]
    public async Task A_page_reads_a_page(int who, bool forAnyClient)
    {
        foreach (var (table, sql) in AllWays(Pages, who))
        {
            var plan = await big.PlanAsync(who, sql, forAnyClient);

            Assert.Empty(plan.ReadWhole);
            Assert.InRange(plan.RowsOf(table), 0, 3 * Page);     // as many again may be withheld, and granted ones be met out of order
            Assert.InRange(plan.Sorted, 0, 2 * Page);
            Assert.Equal(who == None ? 0 : who == NoneWithGranted ? plan.Rows : Page, plan.Rows);
        }
    }

    [Theory]
    [MemberData(nameof(EverybodyByPlan))]
    public async Task Counts_and_figures_read_an_index_or_what_names_the_contact(int who, bool forAnyClient)
    {
        foreach (var (table, sql) in AllWays(Counts, who))
        {
            var plan = await big.PlanAsync(who, sql, forAnyClient);

            Assert.Empty(plan.ReadWhole);
            if (who is Staff or All or AllWithExceptions or AllSet)
            {
                Assert.False(plan.Fetched(table) && plan.RowsOf(table) > 100, $"{sql}\n{plan}");
            }
            else
            {
                var named = await big.Database.ScalarAsync<long>("""
                    select (select count(*) from clients.addressee where contact_id = $1 and kind = upper($2)) + (select count(*) from clients.record_exception where contact_id = $1 and kind = upper($2))
                    """, await big.ContactAsync(who), table);
                Assert.True(plan.RowsOf(table) <= (who is None or NoneWithGranted ? 40 : 2 * named), $"{sql}\n{plan}"); // figures go through them twice
            }
        }
    }

    // By the plan for any client alone: there are so few of them here that a plan for the large one does read them all.
    [Fact]
    public async Task Projects_and_events_read_no_table_whole()
    {
        foreach (var who in Everybody)
        {
            foreach (var (_, sql) in AllWays([.. Rest.Select(sql => ("", sql))], who))
            {
                Assert.Empty((await big.PlanAsync(who, sql, forAnyClient: true)).ReadWhole);
            }
        }
    }

    [Theory]
    [InlineData(Staff)]
    [InlineData(All)]
    public async Task A_filter_for_what_is_owed_walks_what_is_owed(int who)
    {
        var plan = await big.PlanAsync(who, "select * from billing.invoice_today i where i.client_id = $1 and i.owed and nullif(i.status = any ('{OVERDUE}'), false) is not null order by i.sorted_on desc, i.id desc limit 21", forAnyClient: true);

        Assert.Equal(Page, plan.Rows);
        Assert.InRange(plan.RowsOf("invoice"), 0, await big.Database.ScalarAsync<long>("select count(*) from billing.invoice where client_id = $1 and status = 'ISSUED' and paid < total", big.LargeClient));
        Assert.Equal(0, plan.Sorted);
    }

    // The views offer ways, the policies decide: both must come to the same, whoever asks.
    [Fact]
    public async Task The_lists_hold_what_the_policies_let_through_and_each_record_once()
    {
        foreach (var who in Everybody)
        {
            foreach (var (list, table) in new[] { ("billing.invoice_list", "billing.invoice"), ("projects.ticket_list", "projects.ticket"), ("projects.project_list", "projects.project"), ("calendar.event_list", "calendar.event") })
            {
                var listed = await IdsAsync(who, list);

                Assert.Equal(listed.Distinct(), listed);
                Assert.Equal(await IdsAsync(who, table), listed);
                Assert.False(who == None && listed.Count > 0);
                Assert.False(who != None && table == "billing.invoice" && listed.Count == 0);
            }

            Assert.True(await SameAsync(who, "select * from billing.invoice_today", "select * from billing.invoice_today_list"));
            Assert.True(await SameAsync(who, "select * from billing.figures", "select * from billing.figures_list"));

            Assert.True(await SameAsync(who,
                "select client_id, currency, status, invoices::bigint, outstanding::bigint from billing.figures",
                "select client_id, case when status <> 'PAID' then currency end, status, count(*), sum(greatest(balance, 0))::bigint from billing.invoice_today where status not in ('DRAFT', 'VOID') group by 1, 2, 3"));
        }
    }

    [Fact]
    public async Task An_invoice_that_is_issued_anew_takes_its_place_in_the_lists_of_its_addressees()
    {
        var contact = await big.ContactAsync(Addressed);
        var invoice = await big.Database.ScalarAsync<Guid>("""
            select i.id from billing.invoice i join clients.addressee a on a.record_id = i.id
            where a.contact_id = $1 and i.status = 'ISSUED' and i.paid = 0 and not exists (select from clients.record_exception e where e.record_id = i.id) order by i.id limit 1
            """, contact);
        Assert.DoesNotContain(invoice, await NewestAsync());

        await big.Database.ExecuteAsync("update billing.invoice set issued_on = '2999-01-01' where id = $1", invoice);
        Assert.Equal(invoice, (await NewestAsync())[0]);

        await big.Database.ExecuteAsync("update billing.invoice set status = 'DRAFT' where id = $1", invoice);
        Assert.DoesNotContain(invoice, await NewestAsync());

        await big.Database.ExecuteAsync("delete from clients.addressee where record_id = $1", invoice);
        await big.Database.ExecuteAsync("update billing.invoice set status = 'ISSUED' where id = $1", invoice);
        await big.Database.ExecuteAsync("insert into clients.addressee (client_id, contact_id, kind, record_id) values ($1, $2, 'INVOICE', $3)", big.LargeClient, contact, invoice);
        Assert.Equal(invoice, (await NewestAsync())[0]);

        // What was changed is no longer in the index alone; the other tests, whichever of them come later, count what is fetched besides.
        await big.Database.ExecuteAsync("vacuum billing.invoice");
        await big.Database.ExecuteAsync("vacuum clients.addressee");

        Task<List<Guid>> NewestAsync() => big.AskAsync(Addressed, connection => ReadIdsAsync(connection, "select id from billing.invoice_today order by sorted_on desc, id desc limit 5"));
    }

    private static IEnumerable<(string Table, string Sql)> AllWays(IReadOnlyList<(string Table, string Sql)> statements, int who) =>
        from statement in statements from way in WaysOf(who) select (statement.Table, statement.Sql.Replace("{way}", way, StringComparison.Ordinal));

    private Task<List<Guid>> IdsAsync(int who, string relation) => big.AskAsync(who, connection => ReadIdsAsync(connection, $"select id from {relation} order by id"));

    private Task<bool> SameAsync(int who, string one, string other) => big.AskAsync(who, async connection =>
    {
#pragma warning disable CA2100 // the tests' own text
        await using var command = new NpgsqlCommand($"select not exists (({one} except all {other}) union all ({other} except all {one}))", connection);
#pragma warning restore CA2100
        return (bool)(await command.ExecuteScalarAsync())!; // exists always answers
    });

    private static async Task<List<Guid>> ReadIdsAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // the tests' own text
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
