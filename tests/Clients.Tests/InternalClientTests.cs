using System.Text.Json;
using static ClientPortal.Clients.Tests.ChangeClientTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class InternalClientTests(Scene scene)
{
    [Fact]
    public async Task A_client_whose_contacts_have_access_or_an_invitation_cannot_become_internal_and_the_answer_names_them()
    {
        var onboarded = await scene.ContactAsync("Olga Onboarded");
        var invited = await scene.ContactAsync("Ivo Invited", ofClient: onboarded.ClientId);
        await scene.ContactAsync("Nora Nothing", ofClient: onboarded.ClientId);
        await scene.OnboardAsync(onboarded);
        await scene.InviteAsync(invited, TimeSpan.FromDays(7));

        var payload = await scene.ChangeAsync("updateClient", new { id = onboarded.ClientNodeId, name = "Renamed", @internal = true }, scene.Manager);

        var error = payload.GetProperty("errors")[0];
        Assert.Equal(("InternalClientError", "INTERNAL_CLIENT"), (Text(error, "__typename"), Text(error, "code")));
        Assert.Equal(["Ivo Invited", "Olga Onboarded"], error.GetProperty("contacts").EnumerateArray().Select(c => Text(c, "name")).Order(StringComparer.Ordinal));
        Assert.Equal("Client Ltd", await scene.ScalarAsync<string>("select name from clients.client where id = $1 and not internal", onboarded.ClientId)); // all or nothing
    }

    [Fact]
    public async Task An_invitation_past_its_time_does_not_stand_in_the_way_and_ends()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact, TimeSpan.FromSeconds(-1));

        var client = await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, @internal = true });

        Assert.True(client.GetProperty("internal").GetBoolean());
        Assert.Equal("NOT_INVITED EXPIRED", await scene.ScalarAsync<string>("select status || ' ' || detail from invitations.invitation where contact_id = $1 and token_hash is null", contact.Id));
        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from invitations.event where contact_id = $1 and previous = 'INVITED' and detail = 'EXPIRED'", contact.Id));
    }

    [Fact]
    public async Task A_refused_change_leaves_an_expired_invitation_as_it_was()
    {
        var expired = await scene.ContactAsync();
        var onboarded = await scene.ContactAsync(ofClient: expired.ClientId);
        await scene.InviteAsync(expired, TimeSpan.FromSeconds(-1));
        await scene.OnboardAsync(onboarded);

        var payload = await scene.ChangeAsync("updateClient", new { id = expired.ClientNodeId, @internal = true }, scene.Manager);

        Assert.Equal(onboarded.NodeId, Text(Assert.Single(payload.GetProperty("errors")[0].GetProperty("contacts").EnumerateArray()), "id"));
        Assert.Equal("INVITED", await scene.ScalarAsync<string>("select status from invitations.invitation where contact_id = $1", expired.Id));
    }

    [Fact]
    public async Task Contacts_of_an_internal_client_are_not_invited_until_it_no_longer_is_one()
    {
        var contact = await scene.ContactAsync(isInternal: true);
        Assert.Equal("INVITATION_NOT_ALLOWED", Scene.CodeOf(await InviteAsync(contact)));

        await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, @internal = false });

        Assert.Equal(JsonValueKind.Null, (await InviteAsync(contact)).GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task ISO_10_of_200_pairs_at_once_never_both_an_internal_client_and_an_invitation()
    {
        var contacts = new List<TestContact>();
        for (var i = 0; i < 200; i++)
        {
            contacts.Add(await scene.ContactAsync());
        }

        // 400 requests in flight.
        var outcomes = await Task.WhenAll(contacts.Select(async contact =>
        {
            var invite = InviteAsync(contact);
            var change = scene.ChangeAsync("updateClient", new { id = contact.ClientNodeId, @internal = true }, scene.Manager);
            return (Invited: (await invite).GetProperty("errors").ValueKind == JsonValueKind.Null, Internal: (await change).GetProperty("errors").ValueKind == JsonValueKind.Null);
        }));

        Assert.DoesNotContain((true, true), outcomes);
        Assert.All(outcomes, o => Assert.True(o.Invited || o.Internal)); // one of them always comes through
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation i join clients.client k on k.id = i.client_id where k.internal and i.status in ('INVITED', 'ONBOARDED')"));
    }

    [Fact]
    public async Task ISO_10_of_200_pairs_at_once_never_both_an_internal_client_and_an_accepted_invitation()
    {
        var random = new Random(10);
        var tokens = new List<(TestContact Contact, Guid Token)>();
        for (var n = 0; n < 200; n++)
        {
            var contact = await scene.ContactAsync();
            // Of ten: two links that hold, one that has run out, and the others run out while both sides ask, which takes as long as 200 passwords take to hash.
            await scene.InviteAsync(contact, (n % 10) switch { < 2 => TimeSpan.FromHours(1), 2 => TimeSpan.Zero, _ => TimeSpan.FromMilliseconds(random.Next(2_000, 20_000)) });
            tokens.Add((contact, await scene.ScalarAsync<Guid>("select invitation_id from invitations.invitation where contact_id = $1", contact.Id)));
        }

        var outcomes = await Task.WhenAll(tokens.Select(async pair =>
        {
            var accept = AcceptAsync(pair.Token);
            string change;
            do
            {
                change = Outcome(await scene.ChangeAsync("updateClient", new { id = pair.Contact.ClientNodeId, @internal = true }, scene.Manager));
            }
            while (change == "INTERNAL_CLIENT" && !accept.IsCompleted); // as long as the link holds, it stands in the way
            return (Accepted: Outcome(await accept), Internal: change);
        }));

        Assert.All(outcomes, o => Assert.Contains(o, new[] { ("OK", "INTERNAL_CLIENT"), ("INVITATION_LINK", "OK"), ("INVITATION_LINK", "INTERNAL_CLIENT") }));
        Assert.Contains(outcomes, o => o.Accepted == "OK");
        Assert.Contains(outcomes, o => o.Internal == "OK");
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation i join clients.client k on k.id = i.client_id where k.internal and i.status in ('INVITED', 'ONBOARDED')"));
    }

    private static string Outcome(JsonElement payload) => payload.GetProperty("errors").ValueKind == JsonValueKind.Null ? "OK" : Scene.CodeOf(payload);

    private async Task<JsonElement> AcceptAsync(Guid token) => (await scene.AskAsync("mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { __typename ... on Error { code } } } }",
        new { input = new { token = token.ToString("D"), password = "four unrelated words here" } })).GetProperty("acceptInvitation");

    private async Task<JsonElement> InviteAsync(TestContact contact) => await scene.ChangeAsync("inviteContact", new { contactId = contact.NodeId }, scene.OtherStaff);
}
