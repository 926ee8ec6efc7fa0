using Npgsql;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(World))]
public sealed class WhoWritesTests(World world)
{
    private const string Clients = "clients.";

    // A statement of each kind that changes nothing but needs the right to: rows onto themselves, an update of each column, a deletion.
    private const string Attempts = """
        select format('%s|insert into %1$s (%s) %s select %2$s from %1$s limit 1', c.oid::regclass, string_agg(quote_ident(a.attname), ', '),
            case when bool_or(a.attidentity = 'a') then 'overriding system value' else '' end)
          from pg_class c join pg_attribute a on a.attrelid = c.oid where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relkind = 'r' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|platform|quartz|hangfire)' group by c.oid
        union all select format('%s|update %1$s set %I = %2$I', c.oid::regclass, a.attname)
          from pg_class c join pg_attribute a on a.attrelid = c.oid where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '' and c.relkind = 'r' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|platform|quartz|hangfire)'
        union all select format('%s|delete from %1$s', c.oid::regclass) from pg_class c where c.relkind = 'r' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|platform|quartz|hangfire)'
        union all select format('%s|truncate %1$s cascade', c.oid::regclass) from pg_class c where c.relkind = 'r' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|platform|quartz|hangfire)'
        """;

    [Theory]
    [InlineData("Contact", "alice")]
    [InlineData("Contact", "PORTAL_PREVIEW")] // SES-08: a preview writes nothing
    [InlineData("Contact", "others")]
    [InlineData("Contact", "CLIENTS_MANAGE")]
    [InlineData("Auth", "CLIENTS_MANAGE")]
    [InlineData("Job", "CLIENTS_MANAGE")]
    public async Task A_role_that_only_reads_or_calls_functions_may_not_even_try_to_write(string role, string person)
    {
        foreach (var attempt in await world.ListAsync(Attempts))
        {
            Assert.True(await world.CountAsync(role, person, "alice", attempt[(attempt.IndexOf('|', StringComparison.Ordinal) + 1)..]) is null, attempt);
        }
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("alice", "")]
    [InlineData("nothing", "")]
    [InlineData("left", "")]
    [InlineData("ended token of CLIENTS_MANAGE", "")]
    [InlineData("others", Clients)] // every permission but the one for these
    public async Task Staff_write_nothing_without_the_permission(string? person, string tables)
    {
        foreach (var attempt in (await world.ListAsync(Attempts)).Where(a => a.StartsWith(tables, StringComparison.Ordinal)))
        {
            Assert.True(await world.CountAsync("Staff", person, "alice", attempt[(attempt.IndexOf('|', StringComparison.Ordinal) + 1)..]) is null or 0, attempt);
        }
    }

    [Theory]
    [InlineData("insert into clients.client (id, number, name, currency) values (gen_random_uuid(), 'X', 'x', 'EUR')")]
    [InlineData("insert into clients.contact (id, client_id, name) select gen_random_uuid(), id, 'x' from clients.client where number = 'A'")]
    [InlineData("insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'QUOTE', 'NONE' from clients.contact where name = 'alice'")]
    [InlineData("insert into clients.record_exception select client_id, id, 'QUOTE', gen_random_uuid(), 'GRANTED' from clients.contact where name = 'alice'")]
    public async Task The_one_who_may_does_and_those_who_may_not_do_not(string sql)
    {
        Assert.Equal(1, await world.CountAsync("Staff", "CLIENTS_MANAGE", null, sql));
        foreach (var other in new[] { "nothing", "others", "alice" })
        {
            Assert.True(await world.CountAsync("Staff", other, null, sql) is null or 0, other);
        }
    }

    [Theory]
    [InlineData("Contact", "alice")]
    [InlineData("Staff", "AUDIT_VIEW")]
    [InlineData("Staff", "CLIENTS_MANAGE")]
    [InlineData("Staff", "STAFF_MANAGE")]
    [InlineData("Auth", "AUDIT_VIEW")]
    [InlineData("Job", "AUDIT_VIEW")]
    [InlineData("Superuser", null)] // who may set out to, and is refused by the table itself
    public async Task The_audit_trail_is_only_ever_added_to_and_by_nobody_who_asks(string role, string? person)
    {
        foreach (var sql in new[] { "update audit.event set summary = 'x'", "update audit.event set actor = 'x' where false", "delete from audit.event", "delete from audit.event where false", "truncate audit.event" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync(role, person, null, sql));
            Assert.Equal(role == "Superuser" ? PostgresErrorCodes.RaiseException : PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        foreach (var sql in role == "Superuser" ? [] : new[] { "insert into audit.event (actor, action, summary) values ('x', 'X', 'x')", "select audit.record('X', 'Contact', null, null, 'x', null, 'somebody else')" })
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync(role, person, null, sql))).SqlState);
        }
    }

    [Theory]
    [InlineData("portal_door")]
    [InlineData("portal_ctx")]
    [InlineData("portal_mail")]
    [InlineData("portal_import")]
    [InlineData("portal_owner")]
    public async Task Nor_do_the_functions_that_add_to_the_audit_trail_change_it(string definer)
    {
        foreach (var sql in new[] { "update audit.event set summary = 'x'", "delete from audit.event", "truncate audit.event" })
        {
            await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", "others", null, $"set local role {definer}", sql));
        }
    }
}
