using System.Text.Json;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class AcceptInvitationTests(Scene scene)
{
    [Fact]
    public async Task Accepting_makes_a_sign_in_opens_the_portal_and_sets_the_cookie()
    {
        var contact = await scene.ContactAsync(clientName: "Acme");
        var token = await scene.InviteAsync(contact);

        using var response = await scene.Portal.Http.PostAsync("graphql", new StringContent(
            JsonSerializer.Serialize(new { query = $$"""mutation { acceptInvitation(input: { token: "{{token}}", name: "Carla C.", password: "{{Scene.Password}}" }) { viewer { name memberType } membership { clientName contact { id } } token errors { __typename } } }""" }),
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

        var payload = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("acceptInvitation");
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
        Assert.Equal(("Carla C.", "CLIENT"), (payload.GetProperty("viewer").GetProperty("name").GetString(), payload.GetProperty("viewer").GetProperty("memberType").GetString()));
        Assert.Equal("Acme", payload.GetProperty("membership").GetProperty("clientName").GetString());
        Assert.Equal(contact.NodeId, payload.GetProperty("membership").GetProperty("contact").GetProperty("id").GetString());
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var secret = payload.GetProperty("token").GetString();
        var portal = (await scene.AskAsync("{ portal { client { name } contact { id } } }", session: secret)).GetProperty("portal");
        Assert.Equal("Acme", portal.GetProperty("client").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("short", null, "input.password")]
    [InlineData(Scene.Password, " ", "input.name")]
    [InlineData(Scene.Password, "Two\nlines", "input.name")]
    public async Task A_new_sign_in_needs_an_acceptable_password_and_name(string password, string? name, string field)
    {
        var token = await scene.InviteAsync(await scene.ContactAsync());

        var payload = await scene.AcceptAsync(token, password, name);

        Assert.Equal(field, payload.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("OPEN", await scene.StateOfLinkAsync(token));
    }

    [Fact]
    public async Task Who_has_a_sign_in_accepts_with_its_password_and_gets_a_second_membership()
    {
        var (first, second) = await TwoClientsOfOnePersonAsync();
        await scene.OnboardAsync(first);
        var token = await scene.InviteAsync(second);
        Assert.True((await scene.AskAsync("query ($token: String!) { invitation(token: $token) { existingAccount } }", new { token })).GetProperty("invitation").GetProperty("existingAccount").GetBoolean());

        var wrong = await scene.AcceptAsync(token, "another password entirely");
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(wrong));
        var right = await scene.AcceptAsync(token);

        Assert.Equal(second.NodeId, right.GetProperty("membership").GetProperty("contact").GetProperty("id").GetString());
        Assert.Equal(["One", "Two"], right.GetProperty("viewer").GetProperty("memberships").EnumerateArray().Select(m => m.GetProperty("clientName").GetString()));
        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from accounts.person where email_key = $1", first.Email!));
    }

    [Fact]
    public async Task Access_that_is_taken_back_before_the_session_opens_is_a_link_that_is_not_valid_any_more()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        Task<JsonElement> accepting;
        await using (var held = await scene.Portal.Database.HoldAsync("lock table accounts.session in share mode"))
        {
            accepting = scene.AcceptAsync(token);
            await Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync("portal_auth") == 1);
            await held.ExecuteAsync(TakeBack, contact.Id);
            await held.CommitAsync();
        }

        AssertLinkIsInvalid(await accepting);
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from accounts.session s join accounts.person p on p.id = s.person_id where p.email_key = $1 and s.ended_at is null", contact.Email!));
    }

    [Fact]
    public async Task A_session_that_ends_as_it_opens_is_a_link_that_is_not_valid_any_more()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        await scene.ExecuteAsync($"""
            create function public.take_back() returns trigger language plpgsql security definer as $$
            begin {TakeBack.Replace("$1", $"'{contact.Id}'", StringComparison.Ordinal)}; return null; end $$;
            create trigger take_back after insert on accounts.session for each row execute function public.take_back()
            """);
        try
        {
            AssertLinkIsInvalid(await scene.AcceptAsync(token));
        }
        finally
        {
            await scene.ExecuteAsync("drop trigger take_back on accounts.session; drop function public.take_back()");
        }
    }

    [Fact]
    public async Task Access_that_is_taken_back_while_the_answer_is_read_leaves_no_membership_and_an_error_that_says_so()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        Task<JsonElement> accepting;
        await using (var opening = await scene.Portal.Database.HoldAsync("lock table accounts.session in share mode"))
        {
            accepting = scene.Portal.AskAsync(
                "mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { membership { contact { id } } errors { __typename } } }", new { input = new { token, password = Scene.Password } });
            await Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync("portal_auth") == 1);
            await using var reading = await scene.Portal.Database.HoldAsync("lock table clients.contact in access exclusive mode");
            await opening.CommitAsync();
            await Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync("portal_contact") == 1);
            await reading.ExecuteAsync(TakeBack, contact.Id);
            await reading.CommitAsync();
        }

        var answer = await accepting;
        Assert.Equal("""{"membership":null,"errors":null}""", answer.GetProperty("data").GetProperty("acceptInvitation").GetRawText());
        Assert.Equal("NOT_FOUND", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
    }

    private const string TakeBack = "update invitations.invitation set status = 'NOT_INVITED', detail = 'ACCESS_REVOKED', person_id = null, onboarded_at = null where contact_id = $1";

    private static void AssertLinkIsInvalid(JsonElement payload)
    {
        Assert.Equal(("INVITATION_LINK", "INVALID"), (Scene.CodeOf(payload), payload.GetProperty("errors")[0].GetProperty("state").GetString()));
        Assert.All(["viewer", "membership", "token"], member => Assert.Equal(JsonValueKind.Null, payload.GetProperty(member).ValueKind));
    }

    [Fact]
    public async Task INV_02_of_three_who_accept_at_the_same_instant_with_the_sign_in_that_there_is_one_does()
    {
        var (first, second) = await TwoClientsOfOnePersonAsync();
        await scene.OnboardAsync(first);
        var token = await scene.InviteAsync(second);
        List<Task<JsonElement>> accepting;
        await using (await scene.Portal.Database.HoldAsync("select from invitations.invitation where contact_id = $1 for update", second.Id))
        {
            accepting = [.. Enumerable.Range(0, 3).Select(_ => scene.AcceptAsync(token))];
            await Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync("portal_auth") == 3);
        }

        var answers = await Task.WhenAll(accepting);

        Assert.Single(answers, a => a.GetProperty("errors").ValueKind == JsonValueKind.Null);
        Assert.All(answers.Where(a => a.GetProperty("errors").ValueKind != JsonValueKind.Null), a => Assert.Equal("INVITATION_LINK", Scene.CodeOf(a)));
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_and_lock_the_sign_in_for_a_while()
    {
        var (first, second) = await TwoClientsOfOnePersonAsync();
        await scene.OnboardAsync(first);
        var token = await scene.InviteAsync(second);
        JsonElement refusal = default;
        for (var i = 0; i < 10; i++)
        {
            refusal = await scene.AcceptAsync(token, "another password entirely");
        }

        Assert.InRange(refusal.GetProperty("errors")[0].GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(6));
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.AcceptAsync(token))); // right, but locked
        await scene.ExecuteAsync("update accounts.sign_in_throttle set locked_until = clock_timestamp() where key = 'account ' || $1", first.Email!);
        Assert.Equal(JsonValueKind.Null, (await scene.AcceptAsync(token)).GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task INV_09_who_is_signed_in_as_somebody_else_is_not_merged_with_the_invited()
    {
        var other = await scene.ContactAsync(clientName: "Other");
        var otherSession = await scene.OnboardAsync(other);
        var invited = await scene.ContactAsync(clientName: "Invited");

        var payload = await scene.AcceptAsync(await scene.InviteAsync(invited), session: otherSession);

        Assert.Equal(["Invited"], payload.GetProperty("viewer").GetProperty("memberships").EnumerateArray().Select(m => m.GetProperty("clientName").GetString()));
        Assert.True((await scene.Portal.AskAsync("{ viewer { name } }", session: otherSession)).TryGetProperty("errors", out _)); // the session that was presented is over
        var again = (await scene.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email = other.Email, password = Scene.Password } })).GetProperty("signIn").GetProperty("token").GetString();
        var asOther = (await scene.AskAsync("{ viewer { memberships { clientName } } }", session: again)).GetProperty("viewer");
        Assert.Equal(["Other"], asOther.GetProperty("memberships").EnumerateArray().Select(m => m.GetProperty("clientName").GetString()));
    }

    [Fact]
    public async Task Access_that_is_taken_away_is_gone_at_the_next_statement_and_only_there()
    {
        var (first, second) = await TwoClientsOfOnePersonAsync();
        await scene.OnboardAsync(first);
        var session = await scene.OnboardAsync(second);

        var payload = await scene.ChangeAsync("revokePortalAccess", second, scene.Inviter);

        Assert.Equal("ACCESS_REVOKED", payload.GetProperty("contact").GetProperty("invitation").GetProperty("detail").GetString());
        var portals = await scene.AskAsync("query ($gone: ID!, $left: ID!) { gone: portal(clientId: $gone) { client { name } } left: portal(clientId: $left) { client { name } } }",
            new { gone = GraphQL.NodeId.Encode("Client", second.ClientId), left = GraphQL.NodeId.Encode("Client", first.ClientId) }, session);
        Assert.Equal(JsonValueKind.Null, portals.GetProperty("gone").ValueKind);
        Assert.Equal("One", portals.GetProperty("left").GetProperty("client").GetProperty("name").GetString());
        Assert.Equal("NOT_ONBOARDED", Scene.CodeOf(await scene.ChangeAsync("revokePortalAccess", second, scene.Inviter)));
    }

    // The same address at two clients; its mail limit is set aside, so that the tests need not wait for it.
    private async Task<(TestContact One, TestContact Two)> TwoClientsOfOnePersonAsync()
    {
        var one = await scene.ContactAsync(clientName: "One");
        var two = await scene.ContactAtAsync(one.Email, clientName: "Two");
        await scene.ExecuteAsync("update clients.contact set recipient_key = 'second+' || recipient_key where id = $1", two.Id);
        return (one, two);
    }
}
