using System.Text.Json;

namespace ClientPortal.Records.Tests;

[Collection(nameof(RecordsPortal))]
public sealed class InvoiceTests(RecordsPortal portal)
{
    [Fact]
    public async Task Every_status_is_derived_and_drafts_stay_hidden()
    {
        var data = await portal.AsContactAsync("""{ portal { invoices(first: 8) { nodes { number status balance { amount currency } internalNote addressees { name } } } } }""");
        Assert.Equal(
            ["VOID VOID 0.00 EUR", "OVERPAID PAID -500 JPY", "PAID PAID 0.00 EUR", "LATE-PARTLY OVERDUE 0.01 EUR", "LATE OVERDUE 50.00 USD", "PARTLY PARTIALLY_PAID 6.00 EUR", "TODAY ISSUED 10.00 EUR", "OPEN ISSUED 120.00 EUR"],
            Nodes(data).Select(i => $"{i.GetProperty("number")} {i.GetProperty("status")} {i.GetProperty("balance").GetProperty("amount").GetRawText()} {i.GetProperty("balance").GetProperty("currency")}"));
        Assert.All(Nodes(data), i => Assert.Equal(JsonValueKind.Null, i.GetProperty("internalNote").ValueKind));
        Assert.All(Nodes(data), i => Assert.Equal(0, i.GetProperty("addressees").GetArrayLength()));
    }

    [Theory]
    [InlineData("status: [OVERDUE]", "LATE-PARTLY LATE")]
    [InlineData("status: [PARTIALLY_PAID, VOID]", "VOID PARTLY")]
    [InlineData("status: [DRAFT]", "")]
    [InlineData("status: []", "")]
    [InlineData("search: \"50% OFF_\"", "OPEN")]
    [InlineData("search: \"5_%\"", "")]
    [InlineData("search: \"late\"", "LATE-PARTLY LATE")]
    [InlineData("search: \"a\\u0000\"", "")]
    [InlineData("issuedFrom: \"2026-01-16\"", "VOID OVERPAID")]
    [InlineData("issuedFrom: \"2026-01-11\", issuedTo: \"2026-01-12\"", "PARTLY TODAY")]
    public async Task Filters_find_what_the_list_shows(string filter, string expected)
    {
        var data = await portal.AsContactAsync($"{{ portal {{ invoices(filter: {{ {filter} }}) {{ totalCount nodes {{ number }} }} }} }}");
        Assert.Equal(expected, string.Join(' ', Numbers(data)));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, Invoices(data).GetProperty("totalCount").GetInt32());
    }

    [Theory]
    [InlineData("first", "after", "endCursor", "hasNextPage")]
    [InlineData("last", "before", "startCursor", "hasPreviousPage")]
    public async Task Paging_meets_every_invoice_once_in_both_directions(string size, string bound, string cursor, string more)
    {
        var all = Numbers(await portal.AsContactAsync("{ portal { invoices(first: 100) { nodes { number } } } }")).ToList();
        Assert.Equal(23, all.Count);
        var met = new List<string>();
        for (string? at = null; ;)
        {
            var data = await portal.AsContactAsync($"{{ portal {{ invoices({size}: 4{(at is null ? "" : $", {bound}: \"{at}\"")}) {{ nodes {{ number }} pageInfo {{ {cursor} {more} }} }} }} }}");
            met.InsertRange(size == "first" ? met.Count : 0, Numbers(data));
            var page = Invoices(data).GetProperty("pageInfo");
            at = page.GetProperty(cursor).GetString();
            Assert.True(met.Count <= all.Count);
            if (!page.GetProperty(more).GetBoolean())
            {
                break;
            }
        }

        Assert.Equal(all, met);
    }

    [Fact]
    public async Task Staff_page_past_drafts_and_read_what_is_internal()
    {
        var query = """{ node(id: "CLIENT") { ... on Client { invoices(first: 1 AFTER) { nodes { number internalNote addressees { name } } pageInfo { endCursor } } } } }""".Replace("CLIENT", portal.ClientId, StringComparison.Ordinal);
        var first = (await portal.AsStaffAsync(query.Replace("AFTER", "", StringComparison.Ordinal))).GetProperty("node").GetProperty("invoices");
        Assert.Equal("""[{"number":"DRAFT","internalNote":"internal","addressees":[{"name":"Addressed"}]}]""", first.GetProperty("nodes").GetRawText());
        var cursor = first.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var second = (await portal.AsStaffAsync(query.Replace("AFTER", $"after: \"{cursor}\"", StringComparison.Ordinal))).GetProperty("node").GetProperty("invoices");
        Assert.Equal("VOID", second.GetProperty("nodes")[0].GetProperty("number").GetString());
    }

    [Fact]
    public async Task Lines_payments_and_tickets_hang_on_their_invoice()
    {
        var data = await portal.AsContactAsync("""{ portal { invoices(filter: { search: "OPEN" }) { nodes { lines { position quantity unitPrice { amount } taxRate } tickets { number cost { amount } assignee { name } } } } } }""");
        Assert.Equal(
            """[{"lines":[{"position":1,"quantity":2.5,"unitPrice":{"amount":20.00},"taxRate":20},{"position":2,"quantity":1,"unitPrice":{"amount":50.00},"taxRate":20}],"tickets":[{"number":"T2","cost":null,"assignee":null}]}]""",
            Invoices(data).GetProperty("nodes").GetRawText());
        data = await portal.AsContactAsync("""{ portal { invoices(filter: { search: "OVERPAID" }) { nodes { payments { number receivedOn amount { amount currency } invoice { number } } } } } }""");
        Assert.Equal("""[{"payments":[{"number":"P4","receivedOn":"2026-01-20","amount":{"amount":1500,"currency":"JPY"},"invoice":{"number":"OVERPAID"}}]}]""", Invoices(data).GetProperty("nodes").GetRawText());
    }

    [Fact]
    public async Task An_addressee_sees_and_counts_only_what_is_addressed()
    {
        var data = await portal.AsAddresseeAsync("{ portal { invoices { nodes { number } } dashboard { outstandingBalance { amount currency } overdueInvoices paidInvoices } tickets { nodes { number project { name } invoice { number } } } } }");
        Assert.Equal(["LATE"], Numbers(data));
        Assert.Equal("""{"outstandingBalance":[{"amount":50.00,"currency":"USD"}],"overdueInvoices":1,"paidInvoices":0}""", data.GetProperty("portal").GetProperty("dashboard").GetRawText());
        Assert.Equal("""[{"number":"T2","project":null,"invoice":null},{"number":"T1","project":null,"invoice":null}]""", data.GetProperty("portal").GetProperty("tickets").GetProperty("nodes").GetRawText());
    }

    [Fact]
    public async Task The_number_of_statements_does_not_grow_with_the_page()
    {
        Task<JsonElement> Ask(int size) => portal.AsContactAsync($$"""
            { portal {
              dashboard { outstandingBalance { amount } paidInvoices overdueInvoices pendingTickets activeProjects nextEvents { title } }
              invoices(first: {{size}}) { nodes { lines { description } payments { number } tickets { number } } }
              tickets(first: {{size}}) { nodes { number } } projects(first: {{size}}) { nodes { name milestones { title } tickets(first: {{size}}) { nodes { number } } } } events(first: {{size}}) { nodes { title } }
            } }
            """);
        var one = await RecordsPortal.CountStatementsAsync(() => Ask(1));
        var hundred = await RecordsPortal.CountStatementsAsync(() => Ask(100));
        Assert.Equal(3, one); // whose session it is · the dashboard and every list · what hangs on the lists' objects
        Assert.Equal(one, hundred);
    }

    private static JsonElement Invoices(JsonElement data) => data.GetProperty("portal").GetProperty("invoices");

    private static JsonElement.ArrayEnumerator Nodes(JsonElement data) => Invoices(data).GetProperty("nodes").EnumerateArray();

    private static IEnumerable<string> Numbers(JsonElement data) => Nodes(data).Select(i => i.GetProperty("number").GetString() ?? "");
}
