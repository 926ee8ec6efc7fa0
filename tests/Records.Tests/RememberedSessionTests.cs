using System.Text.Json;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Records.Tests;

/// <summary>
/// A host remembers whose a session is, and begins a query with that. Whatever has changed since holds for the very next one, whether it
/// takes statements, which say so, or none.
/// </summary>
[Collection(nameof(RecordsPortal))]
public sealed class RememberedSessionTests(RecordsPortal portal)
{
    private const string Person = "where id = 'a0000000-0000-0000-0000-000000000001'";
    private const string Session = "where person_id = 'a0000000-0000-0000-0000-000000000001'";
    private const string Contact = "where contact_id = 'b0000000-0000-0000-0000-000000000001'";
    private const string Staff = "where id = 'a0000000-0000-0000-0000-000000000003'";
    private const string Reads = "{ viewer { name memberships { clientName } } portal { invoices(first: 1) { totalCount } } }";
    private const string Json = "application/graphql-response+json";
    private const string ReadsNothing = "{ viewer { name memberships { clientName } } }";

    [Theory]
    [InlineData(Reads, $"update accounts.person set name = 'Renamed' {Person}", $"update accounts.person set name = 'All' {Person}")]
    [InlineData(ReadsNothing, $"update accounts.person set name = 'Renamed' {Person}", $"update accounts.person set name = 'All' {Person}")]
    [InlineData(Reads, "update clients.client set name = 'Renamed' where number = 'C1'", "update clients.client set name = 'One' where number = 'C1'")]
    [InlineData(ReadsNothing, "update clients.client set name = 'Renamed' where number = 'C1'", "update clients.client set name = 'One' where number = 'C1'")]
    public async Task What_was_renamed_has_its_new_name_in_the_next_answer(string query, string change, string back)
    {
        var before = (await portal.AnswerToContactAsync(query)).GetRawText();
        Assert.DoesNotContain("Renamed", before, StringComparison.Ordinal);
        await portal.ExecuteAsync(change);
        try
        {
            Assert.Contains("Renamed", (await portal.AnswerToContactAsync(query)).GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            await portal.ExecuteAsync(back);
        }

        Assert.Equal(before, (await portal.AnswerToContactAsync(query)).GetRawText());
    }

    [Theory]
    [InlineData(Reads)]
    [InlineData(ReadsNothing)]
    public async Task A_portal_that_was_closed_is_gone_from_the_next_answer(string query)
    {
        var before = (await portal.AnswerToContactAsync(query)).GetRawText();
        await portal.ExecuteAsync("update clients.client set status = 'INACTIVE' where number = 'C1'");
        try
        {
            var data = (await portal.AnswerToContactAsync(query)).GetProperty("data");
            Assert.Equal(0, data.GetProperty("viewer").GetProperty("memberships").GetArrayLength());
            Assert.True(query == ReadsNothing || data.GetProperty("portal").ValueKind == JsonValueKind.Null);
        }
        finally
        {
            await portal.ExecuteAsync("update clients.client set status = 'ACTIVE' where number = 'C1'");
        }

        Assert.Equal(before, (await portal.AnswerToContactAsync(query)).GetRawText());
    }

    [Theory]
    [InlineData(Reads)]
    [InlineData(ReadsNothing)]
    public async Task Whose_session_has_ended_is_refused_by_the_next_query(string query)
    {
        await portal.AnswerToContactAsync(query);
        await portal.ExecuteAsync($"update accounts.session set ended_at = now() {Session}");
        try
        {
            var answer = await portal.AnswerToContactAsync(query);
            Assert.Equal("UNAUTHENTICATED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
            Assert.False(answer.TryGetProperty("data", out _));
        }
        finally
        {
            await portal.ExecuteAsync($"update accounts.session set ended_at = null {Session}");
        }

        Assert.False((await portal.AnswerToContactAsync(query)).TryGetProperty("errors", out _));
    }

    [Theory] // whichever way it is asked and answered, and whether or not there is anything to execute
    [InlineData("GET", Json, Reads)]
    [InlineData("GET", "text/event-stream", Reads)]
    [InlineData("GET", "text/event-stream", ReadsNothing)]
    [InlineData("POST", "application/json", ReadsNothing)]
    [InlineData("POST", "text/event-stream", Reads)]
    [InlineData("POST", Json, "query ($n: Int!) { portal { invoices(first: $n) { totalCount } } }")]
    [InlineData("POST", Json, "{ portal { invoices(first: -1) { totalCount } } }")]
    [InlineData("POST", Json, "{ nothing }")]
    [InlineData("POST", Json, "{ node(id: \"x\") { id } }")]
    [InlineData("POST", Json, "{ __typename }")]
    public async Task Whose_session_has_ended_gets_a_401_whatever_the_query_is(string method, string accept, string query)
    {
        Task<(System.Net.HttpStatusCode Status, string Body)> SendAsync() => method == "GET"
            ? portal.SendAsContactAsync(HttpMethod.Get, $"graphql?query={Uri.EscapeDataString(query)}", accept)
            : portal.SendAsContactAsync(HttpMethod.Post, "graphql", accept, System.Net.Http.Json.JsonContent.Create(new { query }));

        await portal.AsContactAsync(Reads);
        Assert.NotEqual(System.Net.HttpStatusCode.Unauthorized, (await SendAsync()).Status);
        await portal.ExecuteAsync($"update accounts.session set ended_at = now() {Session}");
        try
        {
            var (status, body) = await SendAsync();
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, status);
            Assert.Contains("UNAUTHENTICATED", body, StringComparison.Ordinal);
            Assert.DoesNotContain("data", body, StringComparison.Ordinal);
        }
        finally
        {
            await portal.ExecuteAsync($"update accounts.session set ended_at = null {Session}");
        }
    }

    [Theory]
    [InlineData(Reads)]
    [InlineData(ReadsNothing)]
    public async Task A_browser_whose_session_has_ended_is_rid_of_its_cookie(string query)
    {
        Assert.Equal((System.Net.HttpStatusCode.OK, null), await portal.SendWithCookieAsync(query));
        await portal.ExecuteAsync($"update accounts.session set ended_at = now() {Session}");
        try
        {
            var (status, cookie) = await portal.SendWithCookieAsync(query);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, status);
            Assert.StartsWith("__Host-portal=;", cookie, StringComparison.Ordinal);
        }
        finally
        {
            await portal.ExecuteAsync($"update accounts.session set ended_at = null {Session}");
        }
    }

    [Fact]
    public async Task Whoever_asks_for_another_portal_than_the_last_is_answered_from_it()
    {
        await portal.ExecuteAsync($"update accounts.person set last_contact_id = null {Person}");
        await portal.AsContactAsync(Reads);
        JsonElement asked = default;

        var executions = await RecordsPortal.CountStatementsAsync(async () =>
            asked = (await portal.AsContactAsync($$"""{ portal(clientId: "{{portal.ClientId}}") { client { number } dashboard { paidInvoices } } }""")).GetProperty("portal"));

        Assert.Equal("C1", asked.GetProperty("client").GetProperty("number").GetString());
        Assert.Equal(2, executions); // the client and the dashboard; as many again if it were executed twice
        Assert.True(await portal.ScalarAsync<bool>($"select last_contact_id is not null from accounts.person {Person}"));
    }

    [Fact]
    public async Task A_portal_that_is_closed_by_now_is_not_remembered_as_the_last()
    {
        await portal.ExecuteAsync($"update accounts.person set last_contact_id = null {Person}");
        await portal.AsContactAsync(Reads);
        await portal.ExecuteAsync("update clients.client set status = 'INACTIVE' where number = 'C1'");
        try
        {
            var asked = await portal.AsContactAsync($$"""{ portal(clientId: "{{portal.ClientId}}") { dashboard { paidInvoices } } }""");
            Assert.Equal(JsonValueKind.Null, asked.GetProperty("portal").ValueKind);
            Assert.True(await portal.ScalarAsync<bool>($"select last_contact_id is null from accounts.person {Person}"));
        }
        finally
        {
            await portal.ExecuteAsync("update clients.client set status = 'ACTIVE' where number = 'C1'");
        }
    }

    [Fact]
    public void Nothing_that_is_remembered_shows_itself_in_a_log()
    {
        var membership = new Membership(Guid.Empty, Guid.Empty, "Client", default, new DbSession(DbRole.Contact, "a token", Guid.Empty));
        var asker = new Asker("a token", Guid.Empty, Guid.Empty, MemberType.Client, "A Name", "name@example.com", new HashSet<Permission>(), null, [membership]);

        Assert.DoesNotContain("a token", $"{asker} {membership} {asker.Session}", StringComparison.Ordinal);
        Assert.DoesNotContain("name", asker.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task That_a_session_is_used_is_noted_by_queries_alone_and_asked_apart_then()
    {
        const string dashboard = "{ portal { dashboard { paidInvoices } } }";
        await portal.AsContactAsync(dashboard);
        await portal.ExecuteAsync($"update accounts.session set last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute' {Session}");

        Assert.Equal(1, await RecordsPortal.CountStatementsAsync(() => portal.AsContactAsync(dashboard), "ctx.asker("));
        Assert.True(await portal.ScalarAsync<bool>($"select last_seen_at > now() - interval '1 minute' and expires_at > now() + interval '1 hour' from accounts.session {Session}"));
        Assert.Equal(0, await RecordsPortal.CountStatementsAsync(() => portal.AsContactAsync(dashboard), "ctx.asker("));
    }

    [Fact]
    public async Task A_permission_is_there_from_the_next_query_on_and_gone_from_the_one_after_it_was_taken()
    {
        const string trail = "{ auditEvents(first: 1) { nodes { action } } viewer { permissions } }";
        async Task<bool> MayAsync()
        {
            var answer = await portal.AnswerToStaffAsync(trail);
            Assert.Equal(answer.TryGetProperty("errors", out _), !answer.GetRawText().Contains("AUDIT_VIEW", StringComparison.Ordinal));
            return !answer.TryGetProperty("errors", out _);
        }

        Assert.False(await MayAsync());
        await portal.ExecuteAsync($"insert into accounts.staff_permission (person_id, permission) select id, 'AUDIT_VIEW' from accounts.person {Staff}");
        Assert.True(await MayAsync());
        await portal.ExecuteAsync($"delete from accounts.staff_permission where person_id in (select id from accounts.person {Staff})");
        Assert.False(await MayAsync());
    }

    [Fact]
    public async Task What_a_contact_sees_of_a_kind_holds_from_the_next_query_on_whichever_way_the_last_one_went()
    {
        async Task<int> InvoicesAsync() => (await portal.AsContactAsync("{ portal { invoices { totalCount } } }")).GetProperty("portal").GetProperty("invoices").GetProperty("totalCount").GetInt32();
        var all = await InvoicesAsync();
        Assert.True(all > 0);
        try
        {
            await portal.ExecuteAsync("insert into clients.visibility (client_id, contact_id, kind, level) values ('c0000000-0000-0000-0000-000000000001', 'b0000000-0000-0000-0000-000000000001', 'INVOICE', 'NONE')");
            Assert.Equal(0, await InvoicesAsync());
            await portal.ExecuteAsync($"update clients.visibility set level = 'ALL' {Contact}");
            Assert.Equal(all, await InvoicesAsync());
        }
        finally
        {
            await portal.ExecuteAsync($"delete from clients.visibility {Contact}");
        }
    }

    [Fact]
    public async Task The_session_takes_no_round_trip_of_its_own_where_a_query_takes_any()
    {
        const string dashboard = "{ portal { dashboard { paidInvoices pendingTickets activeProjects nextEvents { title } } } }";
        await portal.AsContactAsync(dashboard);

        Assert.Equal(0, await RecordsPortal.CountStatementsAsync(() => portal.AsContactAsync(dashboard), "ctx.asker("));
        Assert.Equal(1, await RecordsPortal.CountStatementsAsync(() => portal.AsContactAsync(dashboard)));
        Assert.Equal(1, await RecordsPortal.CountStatementsAsync(() => portal.AsContactAsync(ReadsNothing), "ctx.asker("));
    }
}
