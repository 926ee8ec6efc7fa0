using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class RevokedAccessTests(Scene scene)
{
    private const int Forbidden = 4403;

    [Fact]
    public async Task SES_01_revoking_access_refuses_every_session_and_closes_the_socket()
    {
        var contact = await scene.ContactAsync();
        string[] sessions = [await scene.OnboardAsync(contact), await SignInAsync(contact), await SignInAsync(contact)];
        await using var other = await ToldHostAsync();
        using var socket = await LiveSocket.OpenAsync(other, sessions[0], "{ portal { client { name } } }");
        await socket.NextAsync();
        Assert.All(await StatusesAsync(sessions), status => Assert.Equal(HttpStatusCode.OK, status));

        Assert.Equal(JsonValueKind.Null, (await scene.ChangeAsync("revokePortalAccess", contact, scene.Inviter)).GetProperty("errors").ValueKind);

        Assert.Equal(Forbidden, await socket.ClosedAsync());
        Assert.All(await StatusesAsync(sessions), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Fact]
    public async Task SES_01_whoever_has_access_elsewhere_stays_signed_in_there_until_that_is_revoked_too()
    {
        var one = await scene.ContactAsync(clientName: "One");
        var two = await scene.ContactAtAsync(one.Email, clientName: "Two");
        await scene.ExecuteAsync("update clients.contact set recipient_key = 'second+' || recipient_key where id = $1", two.Id); // its mail need not wait for the first one's
        await scene.OnboardAsync(one);
        var session = await scene.OnboardAsync(two);
        using var socket = await LiveSocket.OpenAsync(scene.Portal, session, "{ viewer { name } }");

        await scene.ChangeAsync("revokePortalAccess", one, scene.Inviter);
        var left = (await scene.AskAsync("{ viewer { memberships { clientName } } }", session: session)).GetProperty("viewer").GetProperty("memberships");
        Assert.Equal("Two", Assert.Single(left.EnumerateArray()).GetProperty("clientName").GetString());
        await scene.ChangeAsync("revokePortalAccess", two, scene.Inviter);

        Assert.Equal(Forbidden, await socket.ClosedAsync());
        Assert.All(await StatusesAsync(session), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Fact]
    public async Task SES_07_deactivating_a_member_of_staff_ends_their_streams_and_closes_their_sockets()
    {
        var session = await scene.StaffAsync("CLIENTS_INVITE");
        var id = NodeId.Encode("StaffMember", await scene.ScalarAsync<Guid>("select person_id from accounts.session where token_hash = sha256(convert_to($1, 'UTF8'))", SessionSecret.Parse(session)!.Token));
        await using var other = await ToldHostAsync();
        using var socket = await LiveSocket.OpenAsync(other, session, "subscription { invitationStatusChanged { id } }");
        using var idle = await LiveSocket.OpenAsync(other, session, "{ viewer { name } }");

        var data = await scene.AskAsync("mutation ($id: ID!) { deactivateStaffMember(input: { id: $id }) { errors { __typename } } }", new { id }, scene.OtherStaff);

        Assert.Equal(JsonValueKind.Null, data.GetProperty("deactivateStaffMember").GetProperty("errors").ValueKind);
        Assert.All([await socket.ClosedAsync(), await idle.ClosedAsync()], code => Assert.Equal(Forbidden, code));
        Assert.All(await StatusesAsync(session), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    // A host that does not look around by itself: its sockets close because it is told at once that their session has ended.
    private Task<TestPortal> ToldHostAsync() => scene.Fixture.StartPortalAsync(scene.Portal.Database, new SilentTimers());

    private async Task<string> SignInAsync(TestContact contact) =>
        (await scene.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email = contact.Email, password = Scene.Password } })).GetProperty("signIn").GetProperty("token").GetString()!;

    private async Task<IReadOnlyList<HttpStatusCode>> StatusesAsync(params string[] sessions)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var session in sessions)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = "{ viewer { name } portal { client { name } } }" }) };
            request.Headers.Add("Authorization", $"Bearer {session}");
            using var response = await scene.Portal.Http.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }
}
