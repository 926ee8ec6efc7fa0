using System.Text.Json;
using static ClientPortal.Clients.Tests.ChangeClientTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class ChangeContactTests(Scene scene)
{
    [Fact]
    public async Task A_contact_is_added_with_their_access_and_without_an_invitation()
    {
        var client = (await scene.ContactAsync()).ClientNodeId;

        var contact = await scene.ChangedAsync("createContact", new
        {
            clientId = client, name = "New Contact", email = "Anna.Neu+tag@Example.com", jobTitle = "Buyer",
            access = new object[] { new { kind = "INVOICE", visibility = "ADDRESSED", notify = true }, new { kind = "PROJECT", visibility = "NONE" } },
        });

        Assert.Equal((client, "Anna.Neu+tag@Example.com", "Buyer", "NOT_INVITED"),
            (Text(contact.GetProperty("client"), "id"), Text(contact, "email"), Text(contact, "jobTitle"), Text(contact.GetProperty("invitation"), "status")));
        Assert.Equal(["INVOICE ADDRESSED True", "PROJECT NONE False"], Access(contact).Where(a => !a.EndsWith("ALL False", StringComparison.Ordinal)));
        Assert.Equal("anna.neu@example.com anna.neu+tag@example.com", await scene.ScalarAsync<string>("select recipient_key || ' ' || sign_in_key from clients.contact where id = $1", Scene.IdOf(Text(contact, "id"))));
    }

    [Fact]
    public async Task A_dot_at_the_end_of_an_address_is_not_stored_and_makes_it_no_other()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact, TimeSpan.FromDays(7));

        var added = await scene.ChangedAsync("createContact", new { clientId = contact.ClientNodeId, name = "New Contact", email = "Dot@Example.com." });
        var changed = await scene.ChangedAsync("updateContact", new { id = contact.NodeId, email = $"c{contact.Id:N}@example.com." });

        Assert.Equal("Dot@Example.com", Text(added, "email"));
        Assert.Equal(($"c{contact.Id:N}@example.com", "INVITED"), (Text(changed, "email"), Text(changed.GetProperty("invitation"), "status")));
    }

    [Fact]
    public async Task Bad_values_are_refused_by_their_fields()
    {
        var contact = await scene.ContactAsync();
        var twice = new[] { new { kind = "INVOICE", visibility = "ALL" }, new { kind = "INVOICE", visibility = "NONE" } };

        Assert.Equal(["input.name", "input.email", "input.jobTitle", "input.access"],
            Fields(await scene.ChangeAsync("createContact", new { clientId = contact.ClientNodeId, name = " ", email = "two..dots@example.com", jobTitle = "a\u0085b", access = twice }, scene.Manager)));
        Assert.Equal(["input.name", "input.email", "input.jobTitle"],
            Fields(await scene.ChangeAsync("updateContact", new { id = contact.NodeId, name = "\u2028", email = ".dot@example.com", jobTitle = "" }, scene.Manager)));
        Assert.Equal(["input.access"], Fields(await scene.ChangeAsync("setContactAccess", new { contactId = contact.NodeId, access = twice }, scene.Manager)));
    }

    [Fact]
    public async Task What_an_update_leaves_out_stays_and_a_null_takes_away()
    {
        var contact = await scene.ContactAsync();

        var changed = await scene.ChangedAsync("updateContact", new { id = contact.NodeId, jobTitle = "Buyer" });
        Assert.Equal(("Carla Contact", $"c{contact.Id:N}@example.com", "Buyer"), (Text(changed, "name"), Text(changed, "email"), Text(changed, "jobTitle")));

        changed = await scene.ChangedAsync("updateContact", new { id = contact.NodeId, name = "Renamed", email = (string?)null });
        Assert.Equal(("Renamed", JsonValueKind.Null, "Buyer"), (Text(changed, "name"), changed.GetProperty("email").ValueKind, Text(changed, "jobTitle")));
    }

    [Fact]
    public async Task Another_address_ends_a_pending_invitation()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact, TimeSpan.FromDays(7));

        Assert.Equal("INVITED", Text((await scene.ChangedAsync("updateContact", new { id = contact.NodeId, name = "Renamed" })).GetProperty("invitation"), "status"));
        var invitation = (await scene.ChangedAsync("updateContact", new { id = contact.NodeId, email = "another@example.com" })).GetProperty("invitation");

        Assert.Equal(("NOT_INVITED", "ADDRESS_CHANGED"), (Text(invitation, "status"), Text(invitation, "detail")));
    }

    [Fact]
    public async Task Another_address_leaves_the_access_of_an_onboarded_contact()
    {
        var contact = await scene.ContactAsync();
        var session = await scene.OnboardAsync(contact);

        await scene.ChangedAsync("updateContact", new { id = contact.NodeId, email = "another@example.com" });

        Assert.Equal("another@example.com", Text((await scene.AskAsync("{ portal { contact { email } } }", session: session)).GetProperty("portal").GetProperty("contact"), "email"));
    }

    [Fact]
    public async Task A_removed_contact_is_gone_with_their_access_and_the_clients_records_stay()
    {
        var contact = await scene.ContactAsync("Rita Removed");
        var records = await scene.RecordsAsync(contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        await scene.AddressAsync(contact, "INVOICE", records["invoice"]);
        await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records["invoice"], exception = "GRANTED" });
        Assert.NotEmpty(await scene.VisibleAsync(records.Values, session));

        Assert.Equal("Rita Removed", Text(await scene.ChangedAsync("removeContact", new { id = contact.NodeId }), "name"));

        Assert.Empty(await scene.VisibleAsync([.. records.Values, contact.NodeId, contact.ClientNodeId], session));
        Assert.True(Scene.IsUnauthenticated(await scene.Portal.AskAsync("{ portal { client { id } } }", session: session))); // it was their only access
        Assert.Equal(records.Values.ToHashSet(), await scene.VisibleAsync([.. records.Values, contact.NodeId], scene.Manager));
        Assert.Equal("NOT_FOUND", Scene.CodeOf(await scene.ChangeAsync("removeContact", new { id = contact.NodeId }, scene.Manager)));
    }

    [Theory]
    [InlineData("inviteContact", false)]
    [InlineData("revokeInvitation", true)]
    [InlineData("setContactAccess", true)]
    public async Task Whoever_changes_a_contact_while_it_is_removed_is_answered_and_so_is_the_removal(string change, bool isInvited)
    {
        var contacts = new List<TestContact>();
        for (var i = 0; i < 40; i++)
        {
            contacts.Add(await scene.ContactAsync());
            if (isInvited)
            {
                await scene.InviteAsync(contacts[i], TimeSpan.FromDays(1));
            }
        }

        var answers = await Task.WhenAll(contacts.Select(async contact =>
        {
            var (input, session) = change == "setContactAccess"
                ? ((object)new { contactId = contact.NodeId, access = new[] { new { kind = "INVOICE", visibility = "NONE" } } }, scene.Manager)
                : (new { contactId = contact.NodeId }, scene.OtherStaff);
            var changing = scene.ChangeAsync(change, input, session);
            var removing = scene.ChangeAsync("removeContact", new { id = contact.NodeId }, scene.Manager);
            return (Changed: await changing, Removed: await removing);
        }));

        Assert.All(answers, a => Assert.Equal(JsonValueKind.Null, a.Removed.GetProperty("errors").ValueKind));
        Assert.All(answers, a => Assert.True(a.Changed.GetProperty("errors").ValueKind == JsonValueKind.Null || Scene.CodeOf(a.Changed) is "NOT_FOUND" or "NOT_INVITED"));
    }

    internal static IEnumerable<string> Access(JsonElement contact) =>
        contact.GetProperty("access").EnumerateArray().Select(a => $"{Text(a, "kind")} {Text(a, "visibility")} {a.GetProperty("notify").GetBoolean()}");
}
