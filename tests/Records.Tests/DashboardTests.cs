namespace ClientPortal.Records.Tests;

[Collection(nameof(RecordsPortal))]
public sealed class DashboardTests(RecordsPortal portal)
{
    [Fact]
    public async Task The_figures_are_those_of_the_rows()
    {
        var data = (await portal.AsContactAsync("""
            { portal {
              dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects }
              invoices(first: 100) { nodes { status balance { amount currency } } }
              tickets { nodes { status } } projects { nodes { status } }
            } }
            """)).GetProperty("portal");
        var dashboard = data.GetProperty("dashboard");
        Assert.Equal("""{"outstandingBalance":[{"amount":136.01,"currency":"EUR"},{"amount":50.00,"currency":"USD"}],"paidInvoices":17,"overdueInvoices":2,"pendingTickets":1,"activeProjects":1}""", dashboard.GetRawText());
        var invoices = data.GetProperty("invoices").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(invoices.Count(i => i.GetProperty("status").GetString() == "PAID"), dashboard.GetProperty("paidInvoices").GetInt32());
        Assert.Equal(
            invoices.Select(i => i.GetProperty("balance")).Where(b => b.GetProperty("amount").GetDecimal() > 0).GroupBy(b => b.GetProperty("currency").GetString(), b => b.GetProperty("amount").GetDecimal()).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Sum())),
            dashboard.GetProperty("outstandingBalance").EnumerateArray().Select(m => (m.GetProperty("currency").GetString(), m.GetProperty("amount").GetDecimal())));
    }

    [Fact]
    public async Task A_figure_that_fails_takes_no_other_of_its_round_trip_along()
    {
        await portal.ExecuteAsync("revoke select (invoice_id) on projects.ticket from portal_contact");
        try
        {
            var answer = await portal.AnswerToContactAsync("{ portal { dashboard { paidInvoices activeProjects nextEvents { title } pending: pendingTickets } } }");
            Assert.Equal("INTERNAL", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
            Assert.Equal("pending", answer.GetProperty("errors")[0].GetProperty("path")[2].GetString());
        }
        finally
        {
            await portal.ExecuteAsync("grant select (invoice_id) on projects.ticket to portal_contact");
        }
    }

    [Fact]
    public async Task The_outstanding_balance_is_told_by_age_and_covers_what_the_asker_sees()
    {
        const string Query = "{ portal { dashboard { outstandingByAge { currency notDue { amount } days1To30 { amount } days31To60 { amount } days61To90 { amount } over90 { amount } } } } }";
        Assert.Equal(
            """[{"currency":"EUR","notDue":{"amount":136.00},"days1To30":{"amount":0.01},"days31To60":{"amount":0.00},"days61To90":{"amount":0.00},"over90":{"amount":0.00}},{"currency":"USD","notDue":{"amount":0.00},"days1To30":{"amount":50.00},"days31To60":{"amount":0.00},"days61To90":{"amount":0.00},"over90":{"amount":0.00}}]""",
            AgesIn(await portal.AsContactAsync(Query)));
        Assert.Equal(
            """[{"currency":"USD","notDue":{"amount":0.00},"days1To30":{"amount":50.00},"days31To60":{"amount":0.00},"days61To90":{"amount":0.00},"over90":{"amount":0.00}}]""",
            AgesIn(await portal.AsAddresseeAsync(Query)));

        static string AgesIn(System.Text.Json.JsonElement data) => data.GetProperty("portal").GetProperty("dashboard").GetProperty("outstandingByAge").GetRawText();
    }

    [Fact]
    public async Task The_next_events_are_shared_and_not_over()
    {
        var data = await portal.AsContactAsync("{ portal { dashboard { nextEvents { title shared } one: nextEvents(first: 1) { title } } } }");
        Assert.Equal("""{"nextEvents":[{"title":"Running","shared":null},{"title":"Later","shared":null}],"one":[{"title":"Running"}]}""", data.GetProperty("portal").GetProperty("dashboard").GetRawText());
    }

    [Theory]
    [InlineData("from: \"2020-01-01T10:30:00Z\", to: \"2020-01-01T10:31:00+00:00\"", 1)]
    [InlineData("from: \"2020-01-01T11:00:00Z\", to: \"2020-01-02T00:00:00Z\"", 0)]
    [InlineData("to: \"2020-01-01T12:00:00+02:00\"", 0)]
    [InlineData("to: \"2020-01-01T12:00:01+02:00\"", 1)]
    [InlineData("", 3)]
    public async Task Events_of_a_range_overlap_it(string range, int expected)
    {
        var data = await portal.AsContactAsync($"{{ portal {{ events({range} first: 10) {{ totalCount }} }} }}");
        Assert.Equal(expected, data.GetProperty("portal").GetProperty("events").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Projects_show_what_each_side_may_see()
    {
        const string Fields = "projects { nodes { name internalNote budget { amount } members { name } milestones { title } tickets { nodes { number } } } }";
        var contact = await portal.AsContactAsync($"{{ portal {{ {Fields} }} }}");
        Assert.Equal(
            """[{"name":"Aqueduct","internalNote":null,"budget":null,"members":null,"milestones":[],"tickets":{"nodes":[]}},{"name":"Bridge","internalNote":null,"budget":null,"members":null,"milestones":[{"title":"Running"}],"tickets":{"nodes":[{"number":"T2"},{"number":"T1"}]}}]""",
            contact.GetProperty("portal").GetProperty("projects").GetProperty("nodes").GetRawText());
        var staff = await portal.AsStaffAsync($"{{ node(id: \"{portal.ClientId}\") {{ ... on Client {{ {Fields} }} }} }}");
        Assert.Equal(
            """[{"name":"Aqueduct","internalNote":null,"budget":null,"members":[],"milestones":[],"tickets":{"nodes":[]}},{"name":"Bridge","internalNote":"internal","budget":{"amount":1234.56},"members":[{"name":"Staff"}],"milestones":[{"title":"Running"},{"title":"Secret"}],"tickets":{"nodes":[{"number":"T2"},{"number":"T1"}]}}]""",
            staff.GetProperty("node").GetProperty("projects").GetProperty("nodes").GetRawText());
    }
}
