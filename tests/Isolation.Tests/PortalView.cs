using System.Text.Json;

namespace ClientPortal.Isolation.Tests;

/// <summary>The whole portal of a contact over HTTP, compared with what the model says.</summary>
internal static class PortalView
{
    private const string View = """
        query($client: ID, $invoices: String, $tickets: String) { portal(clientId: $client) {
          client { id number } contact { name email }
          dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects }
          invoices(first: 100, after: $invoices) { totalCount pageInfo { hasNextPage endCursor } nodes { id payments { id } } }
          tickets(first: 100, after: $tickets) { totalCount pageInfo { hasNextPage endCursor } nodes { id } }
          projects(first: 100) { totalCount nodes { id } }
          events(first: 100) { totalCount nodes { id } } } }
        """;

    /// <summary>Every list, count and figure.</summary>
    public static async Task AssertShowsAsync(this OnboardedPortal portal, Expected expected, Somebody somebody, string client)
    {
        List<JsonElement> invoices = [], tickets = [];
        string? afterInvoice = null, afterTicket = null;
        JsonElement view;
        do
        {
            view = (await portal.DataAsync(View, new { client, invoices = afterInvoice, tickets = afterTicket }, somebody.Secret)).GetProperty("portal");
            invoices.AddRange(afterInvoice is null && invoices.Count > 0 ? [] : Nodes(view, "invoices"));
            tickets.AddRange(afterTicket is null && tickets.Count > 0 ? [] : Nodes(view, "tickets"));
            afterInvoice = Next(view, "invoices");
            afterTicket = Next(view, "tickets");
        }
        while (afterInvoice is not null || afterTicket is not null);

        Assert.Equal((somebody.ClientNumber, somebody.Name), (view.GetProperty("client").GetProperty("number").GetString(), view.GetProperty("contact").GetProperty("name").GetString()));
        AssertList(expected.Invoices, invoices, "invoices");
        AssertList(expected.Tickets, tickets, "tickets");
        AssertList(expected.Projects, Nodes(view, "projects"), "projects");
        AssertList(expected.Events, Nodes(view, "events"), "events");
        Assert.Equal(expected.Payments, Names(invoices.SelectMany(i => i.GetProperty("payments").EnumerateArray())));

        var dashboard = view.GetProperty("dashboard");
        Assert.Equal(expected.Outstanding.OrderBy(o => o.Key, StringComparer.Ordinal), dashboard.GetProperty("outstandingBalance").EnumerateArray()
            .Select(m => KeyValuePair.Create(m.GetProperty("currency").GetString()!, m.GetProperty("amount").GetDecimal())).OrderBy(o => o.Key, StringComparer.Ordinal)); // currency is never null
        Assert.Equal(
            (expected.Paid, expected.Overdue, expected.PendingTickets, expected.ActiveProjects),
            (dashboard.GetProperty("paidInvoices").GetInt32(), dashboard.GetProperty("overdueInvoices").GetInt32(), dashboard.GetProperty("pendingTickets").GetInt32(), dashboard.GetProperty("activeProjects").GetInt32()));

        void AssertList(IReadOnlyList<string> names, IReadOnlyList<JsonElement> nodes, string list)
        {
            Assert.Equal(names, Names(nodes));
            Assert.Equal(names.Count, view.GetProperty(list).GetProperty("totalCount").GetInt32());
        }

        IReadOnlyList<string> Names(IEnumerable<JsonElement> nodes) => Expected.Sorted(nodes.Select(n => portal.Records.NameOf(n.GetProperty("id").GetString()!))); // ids are never null
    }

    /// <summary>No portal of this client at all. Whoever has no access left anywhere is not signed in any more.</summary>
    public static async Task AssertClosedAsync(this OnboardedPortal portal, Somebody somebody, string client, bool signedOut)
    {
        var answer = await portal.Portal.AskAsync("query($client: ID) { portal(clientId: $client) { client { id } } }", new { client }, somebody.Secret);
        Assert.Equal(signedOut, IsUnauthenticated(answer));
        if (!signedOut)
        {
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").GetProperty("portal").ValueKind);
        }
    }

    private static bool IsUnauthenticated(JsonElement answer) =>
        answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == "UNAUTHENTICATED";

    private static List<JsonElement> Nodes(JsonElement view, string list) => [.. view.GetProperty(list).GetProperty("nodes").EnumerateArray()];

    private static string? Next(JsonElement view, string list)
    {
        var info = view.GetProperty(list).GetProperty("pageInfo");
        return info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
    }
}
