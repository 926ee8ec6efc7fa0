using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What somebody finds out who has a session of their own and can put anything into one statement: nothing but what they see anyway.</summary>
[Collection(nameof(World))]
public sealed class InjectionTests(World world)
{
    // alice sees everything at A and no invoice at B. The planner as it is on tables with many rows.
    private static readonly string[] AtB =
    [
        "insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'INVOICE', 'NONE' from clients.contact where name = 'alice at B'",
        "insert into clients.record_exception select client_id, id, 'TICKET', md5('ticket B 4')::uuid, 'WITHHELD' from clients.contact where name = 'alice at B'",
        "set local role portal_contact; set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_material = off",
    ];

    // A policy's parts are worked out when they are first needed, and kept to the statement's end. The first round asks for days on
    // which there is nothing, which settles the client and nothing else; the second goes on as somebody else.
    private static string InTwoRounds(string table, string columns, string switchTo) => $"""
        select count(*) from (select n, case n when 2 then {switchTo} end from generate_series(1, 2) n offset 0) s (n, switched)
        cross join lateral (select {columns} from {table} r where r.sorted_on between case s.n when 1 then date '1800-01-01' else date '1900-01-01' end and case s.n when 1 then date '1800-01-02' else date 'infinity' end and (s.switched is null or s.switched::text is not null) offset 0) r
        """;

    public static TheoryData<string> Switches =>
    [
        "set_config('portal.contact', md5('contact alice')::uuid::text, true)",
        "set_config('portal.contact', md5('contact alice')::uuid::text, false)",
        "ctx.ask('token of alice', md5('contact alice')::uuid::text)",
        "ctx.ask('token of alice', md5('contact alice')::uuid::text, sha256(''))",
    ];

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task DBR_03_nobody_reads_one_clients_records_under_the_rights_they_have_at_another(string switchTo)
    {
        foreach (var (table, columns, own) in new[] { ("billing.invoice", "id, number", 0L), ("projects.ticket", "id, number", 2L) })
        {
            Assert.Equal(own, await world.RunAsync("Superuser", "alice", "alice at B", [.. AtB, InTwoRounds(table, columns, "0")]));
            var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", "alice", "alice at B", [.. AtB, InTwoRounds(table, columns, switchTo)]));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task DBR_03_who_is_asking_is_said_once_and_ends_with_the_transaction()
    {
        foreach (var again in new[] { "select ctx.ask('token of bob', md5('contact bob')::uuid::text)", "select ctx.ask('', '')", "select ctx.ask(null, null)", "select ctx.ask('', '', null)", "select ctx.ask('token of alice', '', sha256(''))" })
        {
            foreach (var role in new[] { "Contact", "Staff" })
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync(role, "alice", "alice", again));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
                Assert.DoesNotContain("token of", refused.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(1L, await world.RunAsync("Contact", null, null, "select ctx.ask('token of bob', md5('contact bob')::uuid::text)", "select count(*) from clients.contact"));
        Assert.Equal("", await world.RunAsync("Contact", null, null, "select current_setting('portal.token') || current_setting('portal.contact')"));
    }

    public static TheoryData<string, string> Refused
    {
        get
        {
            string[] statements =
            [
                // settings, which would outlive the statement or change how the rest of it is run
                "select set_config('role', 'portal_owner', false)", "select set_config('row_security', 'off', true)", "select set_config('search_path', 'pg_temp', false)", "select set_config('statement_timeout', '0', false)",
                "select set_config('log_parameter_max_length_on_error', '-1', false)", "select set_config('debug_print_plan', 'on', false)", "update pg_settings set setting = 'off' where name = 'enable_sort'",
                // text that is run as statements of its own
                "select query_to_xml('select 1', true, false, '')", "select query_to_xml_and_xmlschema('select 1', true, false, '')", "select cursor_to_xml('x', 1, true, false, '')", "select table_to_xml('pg_class', true, false, '')",
                "select schema_to_xml('clients', true, false, '')", "select database_to_xml(true, false, '')", "select ts_stat('select to_tsvector(''x'')')", "select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery')",
                // what was looked at, written, or is there, whoever's it is
                "select pg_stat_get_xact_tuples_returned((select oid from pg_class where relname = 'invoice_number'))", "select pg_stat_get_xact_tuples_fetched((select oid from pg_class where relname = 'invoice'))",
                "select n_live_tup from pg_stat_user_tables", "select idx_tup_read from pg_stat_user_indexes", "select seq_tup_read from pg_stat_xact_user_tables", "select heap_blks_read from pg_statio_user_tables", "select tup_inserted from pg_stat_database", "select pg_relation_size((select oid from pg_class where relname = 'invoice'))",
                "select pg_total_relation_size((select oid from pg_class where relname = 'session'))", "select pg_database_size(current_database())", "select currtid2('clients.contact', '(0,1)')",
                // other sessions
                "select * from pg_stat_activity", "select pg_stat_get_backend_activity(1)", "select pg_stat_get_backend_client_addr(1)", "select * from pg_locks", "select * from pg_prepared_statements", "select * from pg_prepared_statement()", "select * from pg_cursor()",
                "select pg_cancel_backend(1)", "select pg_terminate_backend(1)", "select pg_advisory_lock(1)", "select pg_try_advisory_lock_shared(1)", "select pg_advisory_xact_lock(7310447)", "select pg_notify('session_ended', '')", "select pg_sleep(1)", "select pg_export_snapshot()",
                // files, large objects, other servers, the log
                "select pg_read_file('PG_VERSION')", "select pg_read_binary_file('PG_VERSION')", "select pg_ls_dir('.')", "select pg_stat_file('PG_VERSION')", "select lo_import('/etc/passwd')", "select lo_export(1, '/tmp/x')", "select lo_create(0)", "select lo_from_bytea(0, 'x')",
                "create extension dblink schema clients", "select * from pg_hba_file_rules", "select pg_current_logfile()", "select * from pg_create_logical_replication_slot('x', 'test_decoding')", "select pg_logical_emit_message(false, 'x', 'x')",
                // secrets of the server
                "select rolpassword from pg_authid", "select passwd from pg_shadow", "select stavalues1 from pg_statistic", "select stxdmcv from pg_statistic_ext_data", "select subconninfo from pg_subscription",
                // sequences
                "select nextval(oid::regclass) from pg_class where relkind = 'S'", "select pg_sequence_last_value(oid) from pg_class where relkind = 'S'", "select currval(oid::regclass) from pg_class where relkind = 'S'",
            ];
            var data = new TheoryData<string, string>();
            foreach (var statement in statements)
            {
                data.Add("Contact", statement);
                data.Add("Staff", statement);
                data.Add("Auth", statement);
                if (!statement.Contains("(oid", StringComparison.Ordinal) && !statement.Contains("'clients", StringComparison.Ordinal))
                {
                    data.Add("Job", statement);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task DBR_03_no_role_of_the_host_finds_a_way_around_its_tables(string role, string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync(role, role == "Staff" ? "nothing" : "alice", "alice", sql));
        Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction, refused.Message);
    }

    [Theory]
    [InlineData("select id from billing.invoice for share")]
    [InlineData("select id from clients.contact for key share")]
    [InlineData("select ctid from billing.invoice_line")]
    [InlineData("select xmin from clients.addressee")]
    [InlineData("select xmax from billing.payment")]
    [InlineData("select i from billing.invoice i")]
    [InlineData("select recipient_key from clients.contact")]
    [InlineData("select * from ctx.signed_in")]
    [InlineData("select * from ctx.seat")]
    [InlineData("select * from ctx.me")]
    [InlineData("select * from ctx.previewed")]
    [InlineData("select ctx.asker('token of alice')")]
    [InlineData("select ctx.picked_of(md5('contact adam')::uuid)")]
    [InlineData("select * from clients.record_source")]
    [InlineData("select ctx.level_of(md5('contact adam')::uuid, 'INVOICE')")]
    [InlineData("select ctx.granted_of(md5('contact adam')::uuid, 'INVOICE')")]
    [InlineData("select ctx.holder_of(md5('contact adam')::uuid)")]
    [InlineData("select ctx.explain(md5('contact adam')::uuid, 'Invoice', md5('invoice A 2')::uuid)")]
    [InlineData("select ctx.record('Invoice', md5('invoice B 2')::uuid)")]
    [InlineData("select ctx.staff_rights(array['token of alice'], 'AUDIT_VIEW')")]
    public async Task DBR_03_a_contact_reads_neither_a_row_whole_nor_anything_of_colleagues_nor_locks_a_row(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Contact", "alice", "alice", sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    // A condition that fails on a row says what is in it: it must be asked about one's own rows alone, whatever it costs the planner.
    [Theory]
    [InlineData("select count(*) from billing.invoice where (number || 'x')::int > 0")]
    [InlineData("select count(*) from billing.invoice_list where (number || 'x')::int > 0")]
    [InlineData("select count(*) from billing.invoice_today where (number || 'x')::int > 0")]
    [InlineData("select count(*) from billing.invoice_line where (description || 'x')::int > 0")]
    [InlineData("select count(*) from billing.payment where (number || 'x')::int > 0")]
    [InlineData("select count(*) from projects.ticket where (number || 'x')::int > 0")]
    [InlineData("select count(*) from projects.project where (code || 'x')::int > 0")]
    [InlineData("select count(*) from calendar.event where (title || 'x')::int > 0")]
    [InlineData("select count(*) from billing.invoice a join billing.invoice b on (a.number || b.number || 'x')::int > 0")]
    [InlineData("select count(*) from billing.invoice tablesample bernoulli (100) where (number || 'x')::int > 0")]
    [InlineData("select count(*) from billing.figures where (currency || 'x')::int > 0")]
    public async Task DBR_03_no_error_tells_of_a_row_that_one_does_not_see(string sql)
    {
        Assert.Equal(0L, await world.RunAsync("Contact", "nora", "nora", sql));
        await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Contact", "alice", "alice", sql)); // who sees some is told of those
    }

    [Theory]
    [InlineData("Contact", "alice")]
    [InlineData("Staff", "nothing")]
    [InlineData("Auth", "alice")]
    [InlineData("Job", "alice")]
    public async Task DBR_03_statistics_of_the_tables_are_hidden(string role, string person)
    {
        await world.Database.ExecuteAsync("analyze");
        Assert.NotEqual(0L, await world.RunAsync("Superuser", null, null, "select count(*) from pg_stats where schemaname = 'billing'"));
        Assert.Equal(0L, await world.RunAsync(role, person, "alice", "select count(*) from pg_stats where schemaname in (select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|quartz|hangfire|platform)')"));
        Assert.Equal(0L, await world.RunAsync(role, person, "alice", "select count(last_value) from pg_sequences"));
    }
}
