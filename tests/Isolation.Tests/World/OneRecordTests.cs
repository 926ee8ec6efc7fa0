namespace ClientPortal.Isolation.Tests;

/// <summary>What is said of one record is said of that record of that kind, and grants what it says.</summary>
[Collection(nameof(World))]
public sealed class OneRecordTests(World world)
{
    [Theory]
    [InlineData("gil", "insert into clients.record_exception select client_id, id, 'EVENT', md5('invoice A 2')::uuid, 'GRANTED' from clients.contact where name = 'gil'", 1L)]
    [InlineData("mia", "insert into clients.record_exception select client_id, id, 'EVENT', md5('invoice A 3')::uuid, 'WITHHELD' from clients.contact where name = 'mia'", 2L)]
    [InlineData("adam", "insert into clients.addressee select client_id, id, 'EVENT', md5('invoice A 5')::uuid from clients.contact where name = 'adam'", 2L)]
    [InlineData("gil", "update clients.visibility set level = 'ALL' where kind = 'EVENT' and contact_id = md5('contact gil')::uuid", 1L)]
    [InlineData("mia", "insert into clients.record_exception select client_id, id, 'EVENT', md5('invoice A 4')::uuid, 'WITHHELD' from clients.contact where name = 'mia'", 2L)]
    [InlineData("alice", "insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'EVENT', 'NONE' from clients.contact where name = 'alice'", 4L)]
    public async Task The_same_id_of_another_kind_is_another_record(string contact, string sql, long invoices)
    {
        Assert.Equal(invoices, await world.RunAsync("Superuser", contact, contact, sql, "set local role portal_contact", "select count(*) from billing.invoice"));
        Assert.Equal(invoices, await world.RunAsync("Superuser", contact, contact, sql, "set local role portal_contact", "select count(*) from billing.invoice_list"));
        Assert.Equal(invoices, await world.RunAsync("Superuser", "nothing", null, sql,
            $"select count(*) from billing.invoice i cross join lateral ctx.explain_access(array[md5('contact {contact}')::uuid], 'Invoice', i.id) e where e.visible"));
    }

    [Theory]
    [InlineData("gil", 2)] // the first and the third; the fourth is withheld
    [InlineData("adam", 1)]
    [InlineData("alice", 0)]
    public async Task What_is_withheld_is_not_among_what_is_granted(string contact, int granted) =>
        Assert.Equal(granted, await world.RunAsync("Contact", contact, contact, "select cardinality(ctx.granted('INVOICE'))"));

    [Theory] // adam sees what is addressed to them, mia all; neither what is withheld from them, whichever way it is asked for
    [InlineData("adam", "invoice A 2", "invoice A 2")]
    [InlineData("mia", "invoice A 2", "invoice A 2")]
    [InlineData("mia", "invoice A 3", "invoice A 3")]
    public async Task What_is_withheld_is_not_seen_though_it_is_addressed(string contact, string addressed, string withheld)
    {
        var sql = $"""
            insert into clients.addressee select client_id, id, 'INVOICE', md5('{addressed}')::uuid from clients.contact where name = '{contact}' on conflict do nothing;
            delete from clients.record_exception where contact_id = md5('contact {contact}')::uuid and record_id = md5('{withheld}')::uuid;
            insert into clients.record_exception select client_id, id, 'INVOICE', md5('{withheld}')::uuid, 'WITHHELD' from clients.contact where name = '{contact}'
            """;
        foreach (var way in new[] { "invoice", "invoice_list", "invoice_today", "invoice_today_list" })
        {
            Assert.Equal(0L, await world.RunAsync("Superuser", contact, contact, sql, "set local role portal_contact", $"select count(*) from billing.{way} where id = md5('{withheld}')::uuid"));
            Assert.Equal(1L, await world.RunAsync("Superuser", contact, contact, sql.Replace("'WITHHELD'", "'GRANTED'", StringComparison.Ordinal), "set local role portal_contact", $"select count(*) from billing.{way} where id = md5('{withheld}')::uuid"));
        }
    }

    [Theory] // or a list would show a record twice, or not at all
    [InlineData("gil", "insert into clients.record_exception select client_id, id, 'EVENT', md5('invoice A 3')::uuid, 'GRANTED' from clients.contact where name = 'gil'", 2L)]
    [InlineData("adam", "insert into clients.addressee select client_id, id, 'EVENT', md5('invoice A 4')::uuid from clients.contact where name = 'adam'", 1L)]
    [InlineData("adam", "insert into clients.addressee select client_id, id, 'INVOICE', md5('invoice A 4')::uuid from clients.contact where name = 'adam'", 0L)]
    public async Task What_is_granted_and_not_addressed_is_listed_once(string contact, string sql, long rows) =>
        Assert.Equal(rows, await world.RunAsync("Superuser", contact, contact, sql, "select count(*) from ctx.granted_apart('INVOICE')"));

    [Theory]
    [InlineData("INVOICE", "invoice A 2", "update billing.invoice set issued_on = '2026-01-15' where number = 'I-A-2'")]
    [InlineData("INVOICE", "invoice A 3", "update billing.invoice set issued_on = '2026-01-15' where number = 'I-A-3'")]
    [InlineData("TICKET", "ticket A 3", "update projects.ticket set worked_on = '2026-01-15' where number = 'T-A-3'")]
    public async Task A_records_day_is_kept_where_the_record_is_named_and_not_where_another_kind_is(string kind, string record, string sql)
    {
        var named = string.Concat(new[] { kind, "QUOTE" }.Select(k => $"""
            delete from clients.addressee where kind = '{k}' and record_id = md5('{record}')::uuid; delete from clients.record_exception where kind = '{k}' and record_id = md5('{record}')::uuid;
            insert into clients.addressee select client_id, id, '{k}', md5('{record}')::uuid from clients.contact where name = 'mia';
            insert into clients.record_exception select client_id, id, '{k}', md5('{record}')::uuid, 'GRANTED' from clients.contact where name = 'mia';
            """));
        Assert.Equal($"{kind} 2026-01-15, {kind} 2026-01-15, QUOTE -infinity, QUOTE -infinity", await world.RunAsync("Superuser", null, null, named, sql,
            $"select string_agg(kind || ' ' || day, ', ' order by kind = 'QUOTE') from (select kind, day from clients.addressee where record_id = md5('{record}')::uuid union all select kind, day from clients.record_exception where record_id = md5('{record}')::uuid) d"));
    }

    [Theory] // a day would put it where a page passes it
    [InlineData("INVOICE", "invoice A 1")]
    [InlineData("TICKET", "ticket A 1")]
    public async Task What_a_contact_does_not_see_comes_last_in_their_lists(string kind, string record)
    {
        const string Dated = "update billing.invoice set issued_on = '2026-01-15' where number = 'I-A-1'; update projects.ticket set worked_on = '2026-01-15' where number = 'T-A-1'";
        var named = $"insert into clients.addressee select client_id, id, '{kind}', md5('{record}')::uuid from clients.contact where name = 'ina'; insert into clients.record_exception select client_id, id, '{kind}', md5('{record}')::uuid, 'GRANTED' from clients.contact where name = 'ina'";
        foreach (var (first, second) in new[] { (Dated, named), (named, Dated) })
        {
            Assert.Equal("-infinity -infinity", await world.RunAsync("Superuser", null, null, first, second,
                $"select a.day || ' ' || e.day from clients.addressee a join clients.record_exception e using (contact_id, record_id) where record_id = md5('{record}')::uuid and contact_id = md5('contact ina')::uuid"));
        }
    }
}
