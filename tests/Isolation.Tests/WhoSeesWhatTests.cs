using System.Text.Json;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(OnboardedPortal))]
public sealed class WhoSeesWhatTests(OnboardedPortal portal)
{
    private const string View = """
        query($client: ID, $invoices: String, $tickets: String) { portal(clientId: $client) {
          client { id number } contact { name email }
          dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects }
          invoices(first: 100, after: $invoices) { totalCount pageInfo { hasNextPage endCursor } nodes { number balance { amount } } }
          tickets(first: 100, after: $tickets) { totalCount pageInfo { hasNextPage endCursor } nodes { number } }
          projects(first: 100) { totalCount nodes { name } }
          events(first: 100) { totalCount nodes { title startsAt } } } }
        """;

    [Fact]
    public async Task ISO_01_every_contact_sees_exactly_what_an_independent_model_says()
    {
        var clientIds = await ClientIdsAsync();
        var suspended = portal.Folder.Clients.Where(c => c["status"] == "inactive").Select(c => c["number"]).ToHashSet();
        var rows = portal.Folder.Contacts.Where(c => c["email"].Length > 0).ToLookup(c => (c["client_number"], c["email"], c["name"]));
        var seen = 0;
        foreach (var somebody in portal.Contacts)
        {
            var client = clientIds[somebody.ClientNumber];
            if (suspended.Contains(somebody.ClientNumber))
            {
                Assert.Equal(JsonValueKind.Null, (await portal.DataAsync("query($client: ID) { portal(clientId: $client) { client { id } } }", new { client }, somebody.Secret)).GetProperty("portal").ValueKind);
                continue;
            }

            var expected = Expected.Of(portal.Folder, rows[(somebody.ClientNumber, somebody.Email, somebody.Name)].First(), DateOnly.FromDateTime(DateTime.UtcNow));
            await AssertSeesAsync(expected, somebody, client);
            seen++;
        }

        Assert.True(seen > 450, $"only {seen} contacts were compared");
    }

    [Fact]
    public async Task ISO_02_a_contact_gets_by_id_what_the_lists_show_and_nothing_else()
    {
        var everything = await EverythingAsync();
        var nobody = await NodesAsync(everything, session: null);
        Assert.Empty(nobody);
        foreach (var somebody in portal.Contacts.Where(c => c.ClientNumber == "C-00003").Concat(portal.Contacts.Where(c => c.ClientNumber == "C-00002").Take(4)))
        {
            var visible = await NodesAsync(everything, somebody.Secret);
            var listed = await ListedAsync(somebody.Secret);

            // Of the largest client staff list the first hundred only.
            Assert.Equal(Expected.Sorted(listed.Intersect(everything)), Expected.Sorted(visible));
        }
    }

    [Fact]
    public async Task ISO_05_no_edge_leads_a_contact_to_a_colleague_to_staff_or_to_an_internal_column()
    {
        const string edges = """
            { portal {
              client { number internalNote contacts { totalCount nodes { name email } } }
              invoices(first: 100) { nodes { internalNote addressees { name } lines { description } payments { number invoice { number } }
                tickets { number cost { amount } assignee { name } project { name internalNote budget { amount } members { name } } } } }
              projects(first: 100) { nodes { internalNote budget { amount } members { name } tickets { nodes { cost { amount } assignee { name } invoice { internalNote } } } milestones { title shared } } }
              tickets(first: 100) { nodes { cost { amount } assignee { name } invoice { internalNote addressees { name } } } }
              events(first: 100) { nodes { shared project { internalNote budget { amount } } } } } }
            """;
        foreach (var somebody in portal.Contacts.Where(c => c.ClientNumber is "C-00003" or "C-00004" or "C-00005"))
        {
            var answer = (await portal.DataAsync(edges, null, somebody.Secret)).GetProperty("portal");
            if (answer.ValueKind == JsonValueKind.Null)
            {
                continue; // an inactive client
            }

            Assert.Equal(1, answer.GetProperty("client").GetProperty("contacts").GetProperty("totalCount").GetInt32());
            var text = answer.GetRawText();
            Assert.DoesNotContain("margin is thin", text, StringComparison.Ordinal);
            Assert.DoesNotContain("chase by phone", text, StringComparison.Ordinal);
            foreach (var staffOnly in new[] { "cost", "budget", "members", "assignee", "internalNote", "shared" })
            {
                Assert.All(Values(answer, staffOnly), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
            }

            Assert.All(Values(answer, "addressees"), list => Assert.All(list.EnumerateArray(), c => Assert.Equal(somebody.Name, c.GetProperty("name").GetString())));
        }
    }

    [Fact]
    public async Task ISO_09_one_person_at_several_clients_never_gets_a_union()
    {
        var person = portal.Contacts.Where(c => c.Email == "renee@accounting-partners.example").ToList();
        var clientIds = await ClientIdsAsync();
        var suspended = portal.Folder.Clients.Where(c => c["status"] == "inactive").Select(c => c["number"]).ToHashSet();
        Assert.True(person.Count >= 2);
        var session = person[0].Secret;
        foreach (var membership in person.Where(m => !suspended.Contains(m.ClientNumber)))
        {
            var row = portal.Folder.Contacts.First(c => c["client_number"] == membership.ClientNumber && c["email"] == membership.Email);

            await AssertSeesAsync(Expected.Of(portal.Folder, row, DateOnly.FromDateTime(DateTime.UtcNow)), membership with { Secret = session }, clientIds[membership.ClientNumber]);
        }

        // Two in one request: each branch under its own contact's rights.
        var two = person.Where(m => !suspended.Contains(m.ClientNumber)).Take(2).ToList();
        var both = await portal.DataAsync("query($a: ID, $b: ID) { a: portal(clientId: $a) { client { number } invoices { totalCount } } b: portal(clientId: $b) { client { number } invoices { totalCount } } }",
            new { a = clientIds[two[0].ClientNumber], b = clientIds[two[1].ClientNumber] }, session);
        Assert.Equal(two[0].ClientNumber, both.GetProperty("a").GetProperty("client").GetProperty("number").GetString());
        Assert.Equal(two[1].ClientNumber, both.GetProperty("b").GetProperty("client").GetProperty("number").GetString());
        foreach (var (alias, membership) in new[] { ("a", two[0]), ("b", two[1]) })
        {
            Assert.Equal(portal.Folder.InvoicesByClient[membership.ClientNumber].Count(i => i["status"] != "draft"), both.GetProperty(alias).GetProperty("invoices").GetProperty("totalCount").GetInt32());
        }
    }

    private async Task AssertSeesAsync(Expected expected, Somebody somebody, string client)
    {
        List<string> invoices = [], tickets = [];
        string? afterInvoice = null, afterTicket = null;
        JsonElement view;
        do
        {
            view = (await portal.DataAsync(View, new { client, invoices = afterInvoice, tickets = afterTicket }, somebody.Secret)).GetProperty("portal");
            invoices.AddRange(afterInvoice is null && invoices.Count > 0 ? [] : Strings(view, "invoices", "number"));
            tickets.AddRange(afterTicket is null && tickets.Count > 0 ? [] : Strings(view, "tickets", "number"));
            afterInvoice = Next(view, "invoices");
            afterTicket = Next(view, "tickets");
        }
        while (afterInvoice is not null || afterTicket is not null);

        var dashboard = view.GetProperty("dashboard");
        Assert.Equal(somebody.ClientNumber, view.GetProperty("client").GetProperty("number").GetString());
        Assert.Equal(somebody.Name, view.GetProperty("contact").GetProperty("name").GetString());
        Assert.Equal(expected.Invoices, Expected.Sorted(invoices));
        Assert.Equal(expected.Invoices.Count, view.GetProperty("invoices").GetProperty("totalCount").GetInt32());
        Assert.Equal(expected.Tickets, Expected.Sorted(tickets));
        Assert.Equal(expected.Tickets.Count, view.GetProperty("tickets").GetProperty("totalCount").GetInt32());
        Assert.Equal(expected.Projects, Expected.Sorted(Strings(view, "projects", "name")));
        Assert.Equal(expected.Projects.Count, view.GetProperty("projects").GetProperty("totalCount").GetInt32());
        Assert.Equal(expected.Events, Expected.Sorted(view.GetProperty("events").GetProperty("nodes").EnumerateArray()
            .Select(e => $"{e.GetProperty("title").GetString()} {e.GetProperty("startsAt").GetDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}")));
        Assert.Equal(expected.Events.Count, view.GetProperty("events").GetProperty("totalCount").GetInt32());
        Assert.Equal(expected.Outstanding.OrderBy(o => o.Key, StringComparer.Ordinal), dashboard.GetProperty("outstandingBalance").EnumerateArray()
            .Select(m => KeyValuePair.Create(m.GetProperty("currency").GetString()!, m.GetProperty("amount").GetDecimal())).OrderBy(o => o.Key, StringComparer.Ordinal)); // currency is never null
        Assert.Equal(
            (expected.Paid, expected.Overdue, expected.PendingTickets, expected.ActiveProjects),
            (dashboard.GetProperty("paidInvoices").GetInt32(), dashboard.GetProperty("overdueInvoices").GetInt32(), dashboard.GetProperty("pendingTickets").GetInt32(), dashboard.GetProperty("activeProjects").GetInt32()));
    }

    private async Task<Dictionary<string, string>> ClientIdsAsync()
    {
        var ids = new Dictionary<string, string>();
        string? after = null;
        do
        {
            var page = (await portal.DataAsync("query($after: String) { clients(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { id number } } }", new { after }, portal.Staff)).GetProperty("clients");
            foreach (var client in page.GetProperty("nodes").EnumerateArray())
            {
                ids.Add(client.GetProperty("number").GetString()!, client.GetProperty("id").GetString()!); // neither is ever null
            }

            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return ids;
    }

    // The ids of clients 2 to 6 and all that belongs to them, as staff see them.
    private async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var clientIds = await ClientIdsAsync();
        var ids = new List<string>();
        foreach (var number in new[] { "C-00002", "C-00003", "C-00004", "C-00005", "C-00006" })
        {
            var client = (await portal.DataAsync("""
                query($id: ID!) { node(id: $id) { ... on Client { id contacts(first: 100) { nodes { id } } invoices(first: 100) { nodes { id payments { id } } }
                  tickets(first: 100) { nodes { id } } projects(first: 100) { nodes { id } } events(first: 100) { nodes { id } } } } }
                """, new { id = clientIds[number] }, portal.Staff)).GetProperty("node");
            ids.AddRange(Values(client, "id").Select(v => v.GetString()!)); // ids are never null
        }

        var staff = (await portal.DataAsync("{ staff { nodes { id } } }", null, portal.Staff)).GetProperty("staff");
        ids.AddRange(Values(staff, "id").Select(v => v.GetString()!)); // ids are never null
        return ids;
    }

    private async Task<IReadOnlyList<string>> NodesAsync(IReadOnlyList<string> ids, string? session)
    {
        var visible = new List<string>();
        foreach (var some in ids.Chunk(100))
        {
            var nodes = (await portal.DataAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = some }, session)).GetProperty("nodes");
            visible.AddRange(nodes.EnumerateArray().Where(n => n.ValueKind != JsonValueKind.Null).Select(n => n.GetProperty("id").GetString()!)); // ids are never null
        }

        return visible;
    }

    private async Task<IEnumerable<string>> ListedAsync(string session)
    {
        var view = (await portal.DataAsync("""
            { portal { client { id } contact { id } invoices(first: 100) { nodes { id payments { id } } } tickets(first: 100) { nodes { id } }
              projects(first: 100) { nodes { id } } events(first: 100) { nodes { id } } } }
            """, null, session)).GetProperty("portal");
        return Values(view, "id").Select(v => v.GetString()!).Distinct(); // ids are never null
    }

    private static IEnumerable<string> Strings(JsonElement view, string list, string field) =>
        view.GetProperty(list).GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty(field).GetString()!); // the fields asked for are never null

    private static string? Next(JsonElement view, string list)
    {
        var info = view.GetProperty(list).GetProperty("pageInfo");
        return info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
    }

    private static IEnumerable<JsonElement> Values(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Values(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Values(e, name)),
        _ => [],
    };
}
