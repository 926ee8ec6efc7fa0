using System.Text.Json;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(OnboardedPortal))]
public sealed class WhoSeesWhatTests(OnboardedPortal portal)
{
    [Fact]
    public async Task ISO_01_every_contact_sees_exactly_what_an_independent_model_says()
    {
        var suspended = portal.Folder.Clients.Where(c => c["status"] == "inactive").Select(c => c["number"]).ToHashSet();
        var rows = portal.Folder.Contacts.Where(c => c["email"].Length > 0).ToLookup(c => (c["client_number"], c["email"], c["name"]));
        var seen = 0;
        foreach (var somebody in portal.Contacts)
        {
            var client = portal.ClientIds[somebody.ClientNumber];
            if (suspended.Contains(somebody.ClientNumber))
            {
                await portal.AssertClosedAsync(somebody, client, signedOut: false);
                continue;
            }

            var expected = Expected.Of(portal.Folder, rows[(somebody.ClientNumber, somebody.Email, somebody.Name)].First(), DateOnly.FromDateTime(DateTime.UtcNow));
            await portal.AssertShowsAsync(expected, somebody, client);
            seen++;
        }

        Assert.True(seen > 450, $"only {seen} contacts were compared");
    }

    [Fact]
    public async Task ISO_01_every_contact_gets_by_id_and_by_searching_and_is_explained_what_the_model_says()
    {
        var rows = portal.Folder.Contacts.Where(c => c["email"].Length > 0).ToLookup(c => (c["client_number"], c["email"], c["name"]));
        var clients = portal.Contacts.GroupBy(c => c.ClientNumber).ToList();
        var (contacts, pairs) = (0, 0);
        for (var n = 0; n < clients.Count; n++)
        {
            var another = clients[(n + 1) % clients.Count].Key;
            var asked = portal.Folder.RecordsOf(clients[n].Key).Concat(portal.Folder.RecordsOf(another).Take(20)).ToList();
            var explained = await portal.ExplainedAsync([.. clients[n].Select(c => c.ContactId)], asked);
            foreach (var somebody in clients[n])
            {
                var expected = Expected.Of(portal.Folder, rows[(somebody.ClientNumber, somebody.Email, somebody.Name)].First(), DateOnly.FromDateTime(DateTime.UtcNow));
                var everything = Expected.Sorted(expected.Everything);
                var isOpen = await SearchAsync(somebody, expected, another, contacts); // and makes it the portal that was opened last, whose rights ids outside of a portal are read with

                var got = await NodesAsync([.. (isOpen ? asked : asked.Where(portal.Folder.RecordsOf(clients[n].Key).Contains)).Select(portal.Records.IdOf)], somebody.Secret);
                Assert.Equal(everything, Expected.Sorted(got.Select(portal.Records.NameOf)));
                Assert.Equal(everything, Expected.Sorted(explained[somebody.ContactId]));
                contacts++;
                pairs += asked.Count;
            }
        }

        Assert.True(contacts > 500 && pairs > 60_000, $"only {contacts} contacts were compared, with {pairs} records");
    }

    // One of the client's own invoices and tickets by its number, whether it is visible or not, and one of another client's.
    private async Task<bool> SearchAsync(Somebody somebody, Expected expected, string another, int turn)
    {
        var invoices = portal.Folder.InvoicesByClient[somebody.ClientNumber].DefaultIfEmpty(new() { ["number"] = "none" }).ToList();
        var tickets = portal.Folder.TicketsByClient[somebody.ClientNumber].DefaultIfEmpty(new() { ["number"] = "none" }).ToList();
        var others = portal.Folder.InvoicesByClient[another].Select(i => i["number"]).FirstOrDefault("none");
        var (invoice, ticket) = (invoices[turn % invoices.Count], tickets[turn % tickets.Count]);
        var found = (await portal.DataAsync("""
            query($client: ID, $invoice: String, $ticket: String, $others: String) { portal(clientId: $client) { invoices(filter: { search: $invoice }) { totalCount nodes { id } }
              tickets(filter: { search: $ticket }) { totalCount nodes { id } } others: invoices(filter: { search: $others }) { totalCount nodes { id } } } }
            """, new { client = portal.ClientIds[somebody.ClientNumber], invoice = invoice["number"], ticket = ticket["number"], others }, somebody.Secret)).GetProperty("portal");
        if (found.ValueKind == JsonValueKind.Null)
        {
            Assert.Empty(expected.Everything);
            return false; // an inactive client
        }

        foreach (var (list, names) in new[] { ("invoices", expected.Invoices.Intersect([Records.Invoice(invoice)])), ("tickets", expected.Tickets.Intersect([Records.Ticket(ticket)])), ("others", []) })
        {
            Assert.Equal(names, found.GetProperty(list).GetProperty("nodes").EnumerateArray().Select(node => portal.Records.NameOf(node.GetProperty("id").GetString()!))); // ids are never null
            Assert.Equal(names.Count(), found.GetProperty(list).GetProperty("totalCount").GetInt32());
        }

        return true;
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
        var suspended = portal.Folder.Clients.Where(c => c["status"] == "inactive").Select(c => c["number"]).ToHashSet();
        Assert.True(person.Count >= 2);
        var session = person[0].Secret;
        foreach (var membership in person.Where(m => !suspended.Contains(m.ClientNumber)))
        {
            var row = portal.Folder.Contacts.First(c => c["client_number"] == membership.ClientNumber && c["email"] == membership.Email);

            await portal.AssertShowsAsync(Expected.Of(portal.Folder, row, DateOnly.FromDateTime(DateTime.UtcNow)), membership with { Secret = session }, portal.ClientIds[membership.ClientNumber]);
        }

        // Two in one request: each branch under its own contact's rights.
        var two = person.Where(m => !suspended.Contains(m.ClientNumber)).Take(2).ToList();
        var both = await portal.DataAsync("query($a: ID, $b: ID) { a: portal(clientId: $a) { client { number } invoices { totalCount } } b: portal(clientId: $b) { client { number } invoices { totalCount } } }",
            new { a = portal.ClientIds[two[0].ClientNumber], b = portal.ClientIds[two[1].ClientNumber] }, session);
        Assert.Equal(two[0].ClientNumber, both.GetProperty("a").GetProperty("client").GetProperty("number").GetString());
        Assert.Equal(two[1].ClientNumber, both.GetProperty("b").GetProperty("client").GetProperty("number").GetString());
        foreach (var (alias, membership) in new[] { ("a", two[0]), ("b", two[1]) })
        {
            Assert.Equal(portal.Folder.InvoicesByClient[membership.ClientNumber].Count(i => i["status"] != "draft"), both.GetProperty(alias).GetProperty("invoices").GetProperty("totalCount").GetInt32());
        }
    }

    // The ids of clients 2 to 6 and all that belongs to them, as staff see them.
    private async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var ids = new List<string>();
        foreach (var number in new[] { "C-00002", "C-00003", "C-00004", "C-00005", "C-00006" })
        {
            var client = (await portal.DataAsync("""
                query($id: ID!) { node(id: $id) { ... on Client { id contacts(first: 100) { nodes { id } } invoices(first: 100) { nodes { id payments { id } } }
                  tickets(first: 100) { nodes { id } } projects(first: 100) { nodes { id } } events(first: 100) { nodes { id } } } } }
                """, new { id = portal.ClientIds[number] }, portal.Staff)).GetProperty("node");
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

    private static IEnumerable<JsonElement> Values(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Values(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Values(e, name)),
        _ => [],
    };
}
