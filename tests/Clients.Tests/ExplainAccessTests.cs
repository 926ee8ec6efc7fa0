using System.Text.Json;
using static ClientPortal.Clients.Tests.ChangeClientTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class ExplainAccessTests(Scene scene)
{
    private const string Explain = "query ($ids: [ID!]!, $record: ID!) { nodes(ids: $ids) { ... on Contact { id explainAccess(recordId: $record) { visible reason message } } } }";

    [Fact]
    public async Task For_every_contact_and_record_the_explanation_is_what_the_contact_gets()
    {
        var all = new List<(TestContact Contact, string Session)>();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var first = await scene.ContactAsync();
            var records = await scene.RecordsAsync(first.ClientId);
            ids.AddRange(records.Values);
            foreach (var (level, at) in new[] { "ALL", "ADDRESSED", "NONE" }.Select((l, at) => (l, at)))
            {
                // Of each kind: one level, and beside it an addressed, a granted and a withheld record.
                var contact = at == 0 ? first : await scene.ContactAsync(ofClient: first.ClientId);
                all.Add((contact, await scene.OnboardAsync(contact)));
                await scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, access = new[] { "INVOICE", "PAYMENT", "TICKET", "PROJECT", "EVENT" }.Select(kind => new { kind, visibility = level }) });
                await scene.AddressAsync(contact, "INVOICE", records["invoice"]);
                await scene.AddressAsync(contact, "PAYMENT", records["otherPayment"]);
                await scene.AddressAsync(contact, "PROJECT", records["project"]);
                await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records[i == 0 ? "invoice" : "otherInvoice"], exception = i == 1 ? "GRANTED" : "WITHHELD" });
                await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records["ticket"], exception = i == 2 ? "GRANTED" : "WITHHELD" });
                await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records["payment"], exception = "GRANTED" });
            }
        }

        var revoked = await scene.ContactAsync(ofClient: all[0].Contact.ClientId);
        all.Add((revoked, await scene.OnboardAsync(revoked)));
        await scene.ExecuteAsync("update invitations.invitation set status = 'NOT_INVITED', person_id = null, onboarded_at = null where contact_id = $1", revoked.Id);
        await scene.ChangedAsync("updateClient", new { id = all[^2].Contact.ClientNodeId, status = "INACTIVE" });

        var seen = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var (contact, session) in all)
        {
            seen.Add(contact.NodeId, await scene.VisibleAsync(ids, session));
        }

        var reasons = new HashSet<string>();
        var compared = 0;
        foreach (var record in ids)
        {
            foreach (var contact in (await scene.AskAsync(Explain, new { ids = all.Select(a => a.Contact.NodeId), record }, scene.OtherStaff)).GetProperty("nodes").EnumerateArray())
            {
                var explanation = contact.GetProperty("explainAccess");
                Assert.Equal(seen[Text(contact, "id")].Contains(record), explanation.GetProperty("visible").GetBoolean());
                reasons.Add(Text(explanation, "reason"));
                compared++;
            }
        }

        Assert.Equal(300, compared);
        Assert.Equal(["ADDRESSED_TO_CONTACT", "ALL_OF_KIND", "GRANTED_FOR_RECORD", "KIND_HIDDEN", "NOT_ADDRESSED", "NOT_PUBLISHED", "NO_PORTAL_ACCESS", "OTHER_CLIENT", "WITHHELD_FOR_RECORD"], reasons.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_reason_that_applies_is_told()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        async Task<string> ReasonAsync(string record) => Text((await ExplainAsync(contact, record, scene.Manager)).GetProperty("nodes")[0].GetProperty("explainAccess"), "reason");

        Assert.Equal("NO_PORTAL_ACCESS", await ReasonAsync(records["draft"]));
        await scene.OnboardAsync(contact);
        Assert.Equal("NOT_PUBLISHED", await ReasonAsync(records["draft"]));
        Assert.Equal("ALL_OF_KIND", await ReasonAsync(records["payment"]));
        await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records["invoice"], exception = "WITHHELD" });
        Assert.Equal("WITHHELD_FOR_RECORD", await ReasonAsync(records["payment"])); // its invoice decides
        await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records["draft"], exception = "WITHHELD" });
        Assert.Equal("NOT_PUBLISHED", await ReasonAsync(records["draft"]));
    }

    [Fact]
    public async Task Another_clients_record_and_an_unknown_id_are_explained_alike()
    {
        var contact = await scene.ContactAsync();
        await scene.OnboardAsync(contact);
        var other = await scene.RecordsAsync((await scene.ContactAsync()).ClientId);

        var answers = new List<string>();
        foreach (var id in new[] { other["invoice"], other["draft"], GraphQL.NodeId.Encode("Invoice", Guid.CreateVersion7()), contact.NodeId, "nonsense" })
        {
            answers.Add((await ExplainAsync(contact, id, scene.Manager)).GetProperty("nodes")[0].GetProperty("explainAccess").GetRawText());
        }

        Assert.Contains("OTHER_CLIENT", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_get_no_explanation_even_of_themselves()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);

        var answer = await scene.Portal.AskAsync(Explain, new { ids = new[] { contact.NodeId }, record = records["invoice"] }, await scene.OnboardAsync(contact));

        Assert.Equal("FORBIDDEN", Text(answer.GetProperty("errors")[0].GetProperty("extensions"), "code"));
    }

    private Task<JsonElement> ExplainAsync(TestContact contact, string record, string session) => scene.AskAsync(Explain, new { ids = new[] { contact.NodeId }, record }, session);
}
