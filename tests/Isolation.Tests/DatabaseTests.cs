using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What holds when somebody speaks SQL as one of the host's own roles: an injection, a forgotten filter, a stolen connection string.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class DatabaseTests(OnboardedPortal portal)
{
    private const string InsufficientPrivilege = "42501";

    public static TheoryData<string> Roles => ["Contact", "Staff", "Auth", "Job"];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task DBR_07_without_a_context_every_table_is_empty_or_forbidden(string role)
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.ConnectionStrings[role]);
        var tables = await ListAsync(portal.Portal.Database.Superuser, "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^pg_' and schemaname <> 'information_schema' union all select format('%I.%I', schemaname, viewname) from pg_views where schemaname !~ '^pg_' and schemaname <> 'information_schema'");
        Assert.Contains("billing.invoice", tables);
        // The clockwork of portal_job is its own and holds nobody's data; hygiene H25 keeps everybody else out.
        foreach (var table in tables.Where(t => t != "platform.migration" && !(role == "Job" && (t.StartsWith("hangfire.", StringComparison.Ordinal) || t.StartsWith("quartz.", StringComparison.Ordinal)))))
        {
            // Column grants refuse a count(*) over columns, so ask for what asks for nothing.
            Assert.Contains(await CountAsync(source, $"select count(*) from {table}"), new[] { 0L, (long?)null });
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("'; select 1 --")]
    public async Task A_token_that_is_nobodys_shows_nothing(string token)
    {
        Assert.Equal(0, await CountAsContactAsync(token, portal.Contacts[0].ContactId, "select count(*) from billing.invoice"));
    }

    [Fact]
    public async Task SES_09_what_the_session_table_stores_opens_nothing()
    {
        var stored = (await ListAsync(portal.Portal.Database.Superuser, "select encode(token_hash, 'hex') from accounts.session limit 1"))[0];

        var asBearer = await portal.Portal.AskAsync("{ viewer { name } }", null, System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(stored)));
        var asContext = await CountAsContactAsync(stored, portal.Contacts[0].ContactId, "select count(*) from clients.client");

        Assert.True(asBearer.TryGetProperty("errors", out _));
        Assert.Equal(0, asContext);
    }

    // The statements a contact's connection must survive: each is refused, or answers from the contact's own rows alone.
    [Theory]
    [InlineData("select set_config('role', 'portal_staff', false)")]
    [InlineData("set role portal_owner")]
    [InlineData("set session authorization postgres")]
    [InlineData("select internal_note from billing.invoice")]
    [InlineData("select * from billing.invoice")]
    [InlineData("select internal_cost from projects.ticket")]
    [InlineData("select internal_budget from projects.project")]
    [InlineData("select password_hash from accounts.person")]
    [InlineData("select count(*) from accounts.session")]
    [InlineData("select count(*) from mail.outbox")]
    [InlineData("select token_hash from invitations.invitation")]
    [InlineData("set local row_security = off; select count(*) from billing.invoice")]
    [InlineData("update billing.invoice set paid = 0")]
    [InlineData("delete from billing.invoice")]
    [InlineData("truncate billing.invoice")]
    [InlineData("lock table billing.invoice in access exclusive mode")]
    [InlineData("create temp table x (i int)")]
    [InlineData("create function pg_temp.peek(text) returns bool language sql as 'select true'")]
    [InlineData("copy billing.invoice (id) from '/etc/passwd'")]
    [InlineData("copy (select 1) to program 'id'")]
    [InlineData("select query from pg_stat_activity")]
    [InlineData("select pid from pg_locks")]
    [InlineData("select pg_terminate_backend(1)")]
    [InlineData("select pg_advisory_lock(1)")]
    [InlineData("select pg_sleep(9)")]
    [InlineData("select lo_create(0)")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("select accounts.who('x')")]
    [InlineData("select mail.claim('x', 1, now())")]
    [InlineData("select invitations.invite(gen_random_uuid(), gen_random_uuid(), '\\x00', '1 day', false, 'x')")]
    [InlineData("select query_to_xml('alter role portal_contact password ''x''; select 1', false, true, '')")]
    public async Task DBR_03_a_contacts_connection_is_refused(string sql)
    {
        var somebody = portal.Contacts.First(c => c.ClientNumber == "C-00003");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => CountAsContactAsync(TokenOf(somebody), somebody.ContactId, sql));

        Assert.DoesNotContain("internal error", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DBR_03_a_contact_cannot_forge_who_they_are()
    {
        var own = portal.Contacts.First(c => c.ClientNumber == "C-00003");
        var other = portal.Contacts.First(c => c.ClientNumber == "C-00004");

        Assert.Equal(1, await CountAsContactAsync(TokenOf(own), own.ContactId, "select count(*) from clients.client"));
        Assert.Equal(0, await CountAsContactAsync(TokenOf(own), other.ContactId, "select count(*) from clients.client"));
        Assert.Equal(0, await CountAsContactAsync(TokenOf(own), own.ContactId, "select count(*) from billing.invoice where client_id <> (select id from clients.client)"));
        Assert.Equal(0, await CountAsContactAsync(TokenOf(own), own.ContactId, "select count(*) from billing.invoice where 1 / (case when client_id = (select id from clients.client) then 1 else 0 end) <> 1"));
    }

    [Fact]
    public async Task DBR_08_a_worker_reads_no_business_table()
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.ConnectionStrings["Job"]);
        foreach (var table in new[] { "clients.client", "clients.contact", "billing.invoice", "projects.ticket", "calendar.event", "invitations.invitation", "accounts.person" })
        {
            Assert.Null(await CountAsync(source, $"select count(*) from {table}"));
        }
    }

    [Fact]
    public async Task DBR_01_the_database_is_whole()
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.ConnectionStrings["Job"]);

        Assert.Empty(await Hygiene.FindViolationsAsync(source, CancellationToken.None));
    }

    [Fact]
    public async Task DBR_04_a_server_without_the_row_level_security_fixes_is_noticed()
    {
        var newer = (await HygieneAsync()).Replace("< 150014", "< 990000", StringComparison.Ordinal);

        Assert.Contains("H22", Assert.Single(await ListAsync(portal.Portal.Database.Superuser, newer)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H01", "alter role portal_contact bypassrls")]
    [InlineData("H02", "grant portal_owner to portal_contact")]
    [InlineData("H02", "grant pg_read_all_data to portal_staff")]
    [InlineData("H03", "grant portal_ctx to portal_owner")]
    [InlineData("H03", "grant portal_door to portal_auth")]
    [InlineData("H04", "alter table billing.invoice disable row level security")]
    [InlineData("H04", "alter table clients.contact no force row level security")]
    [InlineData("H04", "create table billing.newthing (id int); alter table billing.newthing owner to portal_owner")]
    [InlineData("H05", "create view billing.x as select * from billing.invoice; alter view billing.x owner to portal_owner")]
    [InlineData("H05", "alter view invitations.standing set (security_invoker = false)")]
    [InlineData("H06", "create materialized view billing.m as select count(*) from billing.invoice; grant select on billing.m to portal_contact")]
    [InlineData("H07", "alter table billing.invoice owner to postgres")]
    [InlineData("H08", "alter function ctx.my_client() reset search_path")]
    [InlineData("H09", "create function ctx.f() returns int language sql security definer as 'select 1'")]
    [InlineData("H09", "alter function ctx.my_client() owner to postgres")]
    [InlineData("H10", "grant execute on function mail.sweep() to public")]
    [InlineData("H11", "grant update (status) on billing.invoice to portal_contact")]
    [InlineData("H11", "grant references (id) on billing.invoice to portal_contact")]
    [InlineData("H12", "grant select on billing.invoice to portal_contact")]
    [InlineData("H12", "grant select on accounts.session to portal_staff")]
    [InlineData("H13", "do $$ begin execute format('grant temp on database %I to portal_contact', current_database()); end $$")]
    [InlineData("H13", "grant create on schema public to public")]
    [InlineData("H14", "create policy oops on billing.invoice for select to portal_contact using (true)")]
    [InlineData("H14", "create policy oops on billing.invoice using (true)")]
    [InlineData("H14", "create policy oops on billing.invoice for select to portal_contact using (id is not null)")]
    [InlineData("H14", "create policy oops on clients.addressee for select to portal_staff using (true)")]
    [InlineData("H15", "drop policy own_client on billing.invoice")]
    [InlineData("H15", "drop policy own_client on calendar.event")]
    [InlineData("H15", "alter policy own_client on projects.ticket using (true)")]
    [InlineData("H16", "alter policy entitled on billing.invoice using (client_id = ctx.my_client())")]
    [InlineData("H17", "create table billing.q (client_id uuid, invoice_id uuid references billing.invoice (id)); alter table billing.q owner to portal_owner; alter table billing.q enable row level security, force row level security")]
    [InlineData("H18", "grant usage on all sequences in schema mail to portal_contact")]
    [InlineData("H19", "grant select on pg_stat_activity to public")]
    [InlineData("H19", "grant execute on function pg_cancel_backend(int) to portal_contact")]
    [InlineData("H19", "grant execute on function pg_stat_get_xact_tuples_returned(oid) to portal_staff")]
    [InlineData("H19", "grant execute on function pg_advisory_lock(bigint) to portal_auth")]
    [InlineData("H19", "grant execute on function pg_read_file(text) to portal_staff")]
    [InlineData("H19", "grant select on pg_statistic to portal_contact")]
    [InlineData("H20", "alter default privileges for role portal_owner grant select on tables to portal_contact")]
    [InlineData("H21", "alter role portal_contact set search_path = 'public'")]
    [InlineData("H21", "alter role all set portal.token = 'x'")]
    [InlineData("H21", "grant set on parameter session_replication_role to portal_contact")]
    [InlineData("H23", "create publication p for table billing.invoice")]
    [InlineData("H23", "create extension pg_trgm")]
    [InlineData("H24", "alter function ctx.my_client() leakproof")]
    [InlineData("H25", "grant select on hangfire.job to portal_staff")]
    [InlineData("H25", "grant select on quartz.locks to portal_staff")]
    [InlineData("H26", "alter role portal_auth set log_parameter_max_length = -1")]
    [InlineData("H26", "alter role portal_contact reset track_activities")]
    [InlineData("H26", "do $$ begin execute format('alter role portal_job in database %I set log_parameter_max_length_on_error = -1', current_database()); end $$")]
    [InlineData("H27", "alter policy staff_insert on clients.client to public")]
    [InlineData("H28", "grant execute on function set_config(text, text, boolean) to portal_contact")]
    [InlineData("H28", "grant execute on function query_to_xml(text, boolean, boolean, text) to public")]
    [InlineData("H28", "grant update (setting) on pg_settings to portal_job")]
    [InlineData("H29", "grant select on billing.payment to portal_contact")]
    [InlineData("H30", "alter table audit.event disable trigger append_only")]
    [InlineData("H30", "alter table invitations.invitation disable trigger all")]
    [InlineData("H31", "grant insert on audit.event to portal_staff")]
    [InlineData("H31", "grant update (summary) on audit.event to portal_door")]
    [InlineData("H31", "drop trigger append_only on audit.event")]
    [InlineData("H32", "grant execute on function ctx.level_of(uuid, text) to portal_contact")]
    [InlineData("H32", "grant execute on function invitations.memberships(text) to portal_contact")]
    [InlineData("H34", "create policy mine on billing.invoice for select to portal_contact using (exists (select from clients.addressee a where a.record_id = invoice.id))")]
    [InlineData("H34", "alter policy entitled on projects.ticket using (id <> all ((select ctx.all_but('TICKET'))::uuid[]) or id = any ((select ctx.granted('TICKET'))::uuid[]))")]
    [InlineData("H34", "alter policy entitled on projects.ticket using (id <> all ((select ctx.withheld('TICKET'))::uuid[]))")]
    [InlineData("H34", """
        alter policy entitled on calendar.event using (id <> all ((select ctx.all_but('EVENT'))::uuid[]) or id <> all ((select ctx.withheld('TICKET'))::uuid[]) and (id = any ((select ctx.granted('EVENT'))::uuid[])
          or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('EVENT')) and a.kind = 'EVENT' and a.record_id = event.id)))
        """)]
    [InlineData("H33", "alter table clients.client drop constraint client_internal cascade")]
    public async Task DBR_02_whatever_weakens_the_database_is_noticed(string check, string weakening)
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.Superuser);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var weaken = new NpgsqlCommand(weakening, connection);
        await weaken.ExecuteNonQueryAsync();
        await using var ask = new NpgsqlCommand(await HygieneAsync(), connection);
        var noticed = new List<string>();
        await using (var violations = await ask.ExecuteReaderAsync())
        {
            while (await violations.ReadAsync())
            {
                noticed.Add(violations.GetString(0));
            }
        }

        Assert.Contains(noticed, n => n.StartsWith(check, StringComparison.Ordinal));
        await transaction.RollbackAsync();
    }

    [Fact]
    public async Task DBR_02_every_check_has_something_that_it_notices()
    {
        var tried = typeof(DatabaseTests).GetMethod(nameof(DBR_02_whatever_weakens_the_database_is_noticed))!.GetCustomAttributesData() // it stands above
            .Where(a => a.AttributeType == typeof(InlineDataAttribute)).Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!); // each has two texts
        var checks = System.Text.RegularExpressions.Regex.Matches(await HygieneAsync(), "'(H[0-9]{2}) ").Select(m => m.Groups[1].Value);

        Assert.Equal(checks.Distinct().Order(StringComparer.Ordinal), tried.Append("H22").Distinct().Order(StringComparer.Ordinal)); // H22: DBR-04, above
    }

    private static Task<string> HygieneAsync() => File.ReadAllTextAsync(Path.Combine(Testing.SourceTree.Root, "src", "Platform", "Sql", "hygiene.sql"));

    private static string TokenOf(Somebody somebody) => OnboardedPortal.TokenOf(System.Buffers.Text.Base64Url.DecodeFromChars(somebody.Secret));

    private async Task<long> CountAsContactAsync(string token, Guid contact, string sql)
    {
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.ConnectionStrings["Contact"]);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = new NpgsqlCommand("select ctx.ask($1, $2)", connection);
        context.Parameters.AddWithValue(token);
        context.Parameters.AddWithValue(contact.ToString());
        await context.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is long count ? count : -1;
    }

    // Null: the role may not even ask.
    private static async Task<long?> CountAsync(NpgsqlDataSource source, string sql)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            return (long?)await command.ExecuteScalarAsync();
        }
        catch (PostgresException e) when (e.SqlState == InsufficientPrivilege)
        {
            return null;
        }
    }

    private static async Task<List<string>> ListAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
