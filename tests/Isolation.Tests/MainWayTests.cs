using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Testing;

namespace ClientPortal.Isolation.Tests;

/// <summary>The product's whole main job through the front door: HTTP, a real database, a mail over SMTP.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed partial class MainWayTests(OnboardedPortal shared)
{
    [Fact]
    public async Task Staff_invite_a_contact_who_accepts_sees_their_own_and_loses_it_again()
    {
        var database = await shared.Fixture.CreateDatabaseAsync();
        await using var portal = await shared.Fixture.StartPortalAsync(database,
            ("Portal:Demo", "true"), ("ConnectionStrings:Migrator", database.ConnectionStrings["Migrator"]),
            ("Portal:FirstStaff:Email", "staff@example.com"), ("Portal:FirstStaff:Password", "a phrase that tests use"), ("Portal:FirstStaff:Name", "Test Staff"));

        var staff = (await DataAsync(portal, "mutation { signIn(input: { email: \"staff@example.com\", password: \"a phrase that tests use\" }) { viewer { memberType } token errors { __typename } } }")).GetProperty("signIn");
        Assert.Equal("STAFF", staff.GetProperty("viewer").GetProperty("memberType").GetString());
        var token = staff.GetProperty("token").GetString();

        var client = (await DataAsync(portal, "{ clients(filter: { search: \"C-00003\" }) { nodes { name contacts { nodes { id email invitation { status detail } } } } } }", null, token))
            .GetProperty("clients").GetProperty("nodes")[0];
        var contact = client.GetProperty("contacts").GetProperty("nodes").EnumerateArray().First(c => c.GetProperty("email").GetString() == "contact0@client3.example");
        Assert.Equal("NOT_INVITED", contact.GetProperty("invitation").GetProperty("status").GetString());
        var contactId = contact.GetProperty("id").GetString();

        var invited = (await DataAsync(portal, "mutation($contactId: ID!) { inviteContact(input: { contactId: $contactId }) { contact { invitation { status } } errors { __typename } } }", new { contactId }, token)).GetProperty("inviteContact");
        Assert.Equal(JsonValueKind.Null, invited.GetProperty("errors").ValueKind);
        Assert.Equal("INVITED", invited.GetProperty("contact").GetProperty("invitation").GetProperty("status").GetString());

        var mail = await shared.Fixture.Mail.WaitForAsync(m => m.To.Contains("contact0@client3.example"));
        var link = Link().Match(mail.Text);
        Assert.StartsWith(portal.Url.ToString(), link.Value, StringComparison.Ordinal);
        var linkToken = link.Groups["token"].Value;

        var page = (await DataAsync(portal, "query($token: String!) { invitation(token: $token) { state clientName existingAccount } }", new { token = linkToken })).GetProperty("invitation");
        Assert.Equal(("OPEN", client.GetProperty("name").GetString(), false), (page.GetProperty("state").GetString(), page.GetProperty("clientName").GetString(), page.GetProperty("existingAccount").GetBoolean()));

        var accepted = (await DataAsync(portal, "mutation($token: String!) { acceptInvitation(input: { token: $token, password: \"a phrase of the contact's\" }) { viewer { memberType } membership { clientName } token errors { __typename } } }", new { token = linkToken })).GetProperty("acceptInvitation");
        Assert.Equal(JsonValueKind.Null, accepted.GetProperty("errors").ValueKind);
        Assert.Equal("CLIENT", accepted.GetProperty("viewer").GetProperty("memberType").GetString());
        var session = accepted.GetProperty("token").GetString();

        const string view = "{ portal { client { name } dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects nextEvents { title } } invoices { totalCount nodes { number } } tickets { totalCount } projects { totalCount } events { totalCount } } }";
        var seen = (await DataAsync(portal, view, null, session)).GetProperty("portal");
        var row = shared.Folder.Contacts.First(c => c["client_number"] == "C-00003" && c["email"] == "contact0@client3.example");
        var expected = Expected.Of(shared.Folder, row, DateOnly.FromDateTime(DateTime.UtcNow));
        Assert.NotEmpty(expected.Invoices);
        Assert.Equal(
            (expected.Invoices.Count, expected.Tickets.Count, expected.Projects.Count, expected.Events.Count),
            (Count(seen, "invoices"), Count(seen, "tickets"), Count(seen, "projects"), Count(seen, "events")));
        Assert.Equal(expected.Paid, seen.GetProperty("dashboard").GetProperty("paidInvoices").GetInt32());

        const string status = "query($id: ID!) { node(id: $id) { ... on Contact { invitation { status detail } } } }";
        Assert.Equal("ONBOARDED", (await DataAsync(portal, status, new { id = contactId }, token)).GetProperty("node").GetProperty("invitation").GetProperty("status").GetString());

        var revoked = (await DataAsync(portal, "mutation($contactId: ID!) { revokePortalAccess(input: { contactId: $contactId }) { contact { invitation { status detail } } errors { __typename } } }", new { contactId }, token))
            .GetProperty("revokePortalAccess").GetProperty("contact").GetProperty("invitation");
        Assert.Equal(("NOT_INVITED", "ACCESS_REVOKED"), (revoked.GetProperty("status").GetString(), revoked.GetProperty("detail").GetString()));
        foreach (var query in new[] { view, "{ viewer { name } }" }) // nothing is left to be signed in for
        {
            var refused = await portal.AskAsync(query, null, session);
            Assert.False(refused.TryGetProperty("data", out _));
            Assert.Equal("UNAUTHENTICATED", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    private static int Count(JsonElement view, string list) => view.GetProperty(list).GetProperty("totalCount").GetInt32();

    private static async Task<JsonElement> DataAsync(TestPortal portal, string query, object? variables = null, string? session = null)
    {
        var answer = await portal.AskAsync(query, variables, session);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    [GeneratedRegex(@"https?://\S+/invitation/(?<token>[\w-]+)")]
    private static partial Regex Link();
}
