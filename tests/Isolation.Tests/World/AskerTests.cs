namespace ClientPortal.Isolation.Tests;

/// <summary>The statement that says who is asking confirms what a host remembers of the session, and takes nothing that others wait for.</summary>
[Collection(nameof(World))]
public sealed class AskerTests(World world)
{
    private static string Remember(string person) => $"select set_config('test.asker', encode(sha256(convert_to(ctx.asker('token of {person}'), 'UTF8')), 'hex'), true)";

    private const string AsContact = "set local role portal_contact";

    private static string Confirm(string token) => $"select ctx.ask('{token}', '', decode(current_setting('test.asker'), 'hex'))";

    [Theory]
    [InlineData("alice")]
    [InlineData("gil")]
    [InlineData("AUDIT_VIEW")]
    public async Task What_is_as_it_was_told_is_confirmed(string person) =>
        Assert.Equal(true, await RememberAsync(person, "select 1"));

    [Theory]
    [InlineData("alice", "update accounts.session set ended_at = now() where person_id = md5('person alice')::uuid")]
    [InlineData("alice", "update accounts.session set expires_at = now() where person_id = md5('person alice')::uuid")]
    [InlineData("alice", "update accounts.session set ends_at = now() where person_id = md5('person alice')::uuid")]
    [InlineData("alice", "update accounts.person set active = false where name = 'alice'")]
    [InlineData("alice", "update accounts.person set name = 'Alice' where name = 'alice'")]
    [InlineData("alice", "update accounts.person set email = 'other@example.com' where name = 'alice'")]
    [InlineData("alice", "update accounts.person set last_contact_id = md5('contact alice at B')::uuid where name = 'alice'")]
    [InlineData("alice", "update invitations.invitation set status = 'NOT_INVITED', person_id = null where contact_id = md5('contact alice at B')::uuid")]
    [InlineData("alice", "update clients.client set status = 'INACTIVE' where id = md5('client B')::uuid")]
    [InlineData("alice", "update clients.client set name = 'Another' where id = md5('client B')::uuid")]
    [InlineData("alice", "insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'EVENT', 'NONE' from clients.contact where name = 'alice at B'")]
    [InlineData("alice", "update clients.client set name = 'Another' where id = md5('client A')::uuid")]
    [InlineData("alice", "insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'DOCUMENT', 'NONE' from clients.contact where name = 'alice'")]
    [InlineData("gil", "update clients.visibility set level = 'ALL' where contact_id = md5('contact gil')::uuid")]
    [InlineData("AUDIT_VIEW", "delete from accounts.staff_permission where person_id = md5('person AUDIT_VIEW')::uuid")]
    [InlineData("nothing", "insert into accounts.staff_permission values (md5('person nothing')::uuid, 'AUDIT_VIEW')")]
    public async Task Whatever_a_host_decides_by_is_no_longer_confirmed_once_it_has_changed(string person, string change) =>
        Assert.Equal(false, await RememberAsync(person, change));

    [Theory]
    [InlineData("token of bob")]
    [InlineData("ended token of alice")]
    [InlineData("idle token of alice")]
    [InlineData("over token of alice")]
    [InlineData("token of nobody")]
    [InlineData("")]
    public async Task What_was_told_of_one_session_is_confirmed_for_no_other(string token) => Assert.Equal(false, await world.RunAsync("Superuser", null, null, Remember("alice"), AsContact, Confirm(token)));

    [Theory]
    [InlineData("alice", "set local test.asker = ''")] // nothing was told
    [InlineData("bob", "select 1")] // of another
    public async Task One_session_is_confirmed_by_what_was_told_of_it_alone(string told, string then) =>
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, Remember("alice"), Remember(told), then, AsContact, Confirm("token of alice"))); // alice's use is noted, too

    [Fact]
    public async Task That_a_session_was_used_is_not_noted_by_what_goes_on_to_read()
    {
        // Its row would be held until all is read: whoever signs out, or revokes access, would wait, and give up.
        const string Idle = "update accounts.session set last_seen_at = now() - interval '1 hour' where person_id = md5('person alice')::uuid";
        Assert.Null(await RememberAsync("alice", Idle));
        Assert.Equal(true, await world.RunAsync("Superuser", null, null, Remember("alice"), Idle, Confirm("token of alice"),
            "select last_seen_at = now() - interval '1 hour' from accounts.session where id = md5('session alice')::uuid"));
    }

    [Theory] // or the host would take the longer way through records that somebody sees all of
    [InlineData("mia", "")]
    [InlineData("alice", "")]
    [InlineData("adam", "EVENT,INVOICE,PAYMENT,PROJECT,TICKET")]
    public async Task Told_as_picked_are_the_kinds_of_which_this_contact_sees_some(string person, string picked) =>
        Assert.Equal(picked, await world.RunAsync("Auth", null, null, $"select ctx.asker('token of {person}')::json -> 'memberships' -> 0 ->> 'picked'"));

    [Fact]
    public async Task Hosts_of_the_version_before_ask_as_they_did()
    {
        // Prepared on their connections: another type of result would fail each of them.
        Assert.Equal("void", await world.RunAsync("Superuser", null, null, "select pg_get_function_result('ctx.ask(text, text)'::regprocedure)"));
        Assert.Equal("Client A, Client B", await world.RunAsync("Auth", null, null, """
            select string_agg(m.client_name, ', ' order by m.client_name) from unnest(array['token of alice', 'ended token of alice']) t (token)
            cross join lateral accounts.who(t.token) w left join lateral invitations.memberships(t.token) m on true
            """));
        Assert.Null(await world.RunAsync("Superuser", null, null, """
            select string_agg(a.attrelid::regclass || '.' || a.attname, ', ') from pg_attribute a
            join (values ('billing.invoice_today'::regclass, 'billing.invoice_today_list'::regclass), ('billing.figures', 'billing.figures_list')) v (now, before) on a.attrelid in (v.now, v.before)
            where a.attnum > 0 and not exists (select from pg_attribute b where b.attrelid in (v.now, v.before) and b.attrelid <> a.attrelid
              and (b.attnum, b.attname, b.atttypid, b.atttypmod, b.attcollation) = (a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation))
            """));
    }

    private Task<object?> RememberAsync(string person, string change) =>
        world.RunAsync("Superuser", null, null, Remember(person), change, AsContact, Confirm($"token of {person}"));
}
