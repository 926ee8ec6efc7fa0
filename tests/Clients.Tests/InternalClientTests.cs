using System.Text.Json;
using Npgsql;
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
        var contacts = new List<TestContact>();
        for (var i = 0; i < 200; i++)
        {
            contacts.Add(await scene.ContactAsync());
            await scene.InviteAsync(contacts[i], TimeSpan.FromHours(1));
        }

        // What the resolver calls once it has hashed the password.
        await using var auth = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(scene.Portal.Database.ConnectionStrings["Auth"]) { MaxPoolSize = 20 });
        var links = await Task.WhenAll(contacts.Select(async c => (Contact: c, Token: await scene.ScalarAsync<byte[]>("select token_hash from invitations.invitation where contact_id = $1", c.Id))));
        // Of ten, two links hold and one is over; the others run out while both sides ask.
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() + random() * interval '0.6 s' where contact_id = any($1)", (object)contacts.Where((_, n) => n % 10 > 2).Select(c => c.Id).ToArray());
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() where contact_id = any($1)", (object)contacts.Where((_, n) => n % 10 == 2).Select(c => c.Id).ToArray());
        var outcomes = await Task.WhenAll(links.Select(async link =>
        {
            var (contact, token) = link;
            var accept = AcceptAsync(auth, token);
            string change;
            do
            {
                change = Outcome(await scene.ChangeAsync("updateClient", new { id = contact.ClientNodeId, @internal = true }, scene.Manager));
            }
            while (change == "INTERNAL_CLIENT" && !accept.IsCompleted); // as long as the link holds, it stands in the way
            return (Accepted: await accept, Internal: change);
        }));

        Assert.All(outcomes, o => Assert.Contains(o, new[] { ("OK", "INTERNAL_CLIENT"), ("EXPIRED", "OK"), ("EXPIRED", "INTERNAL_CLIENT"), ("INVALID", "OK") }));
        Assert.Contains(outcomes, o => o.Accepted == "OK");
        Assert.Contains(outcomes, o => o.Internal == "OK");
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation i join clients.client k on k.id = i.client_id where k.internal and i.status in ('INVITED', 'ONBOARDED')"));
    }

    private static string Outcome(JsonElement payload) => payload.GetProperty("errors").ValueKind == JsonValueKind.Null ? "OK" : Scene.CodeOf(payload);

    private static async Task<string> AcceptAsync(NpgsqlDataSource auth, byte[] token)
    {
        await using var accept = auth.CreateCommand("select outcome from invitations.accept($1, null, $2, null, 'no hash')");
        accept.Parameters.Add(new() { Value = token });
        accept.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        return (string)(await accept.ExecuteScalarAsync())!;
    }

    private async Task<JsonElement> InviteAsync(TestContact contact) => await scene.ChangeAsync("inviteContact", new { contactId = contact.NodeId }, scene.OtherStaff);
}
