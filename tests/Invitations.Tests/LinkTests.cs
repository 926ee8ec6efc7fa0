using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Platform;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed partial class LinkTests(Scene scene)
{
    [Fact]
    public async Task INV_02_of_50_who_accept_at_once_one_does_and_there_is_one_sign_in()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => scene.AcceptAsync(token)));

        Assert.Single(answers, a => a.GetProperty("errors").ValueKind == JsonValueKind.Null);
        Assert.Equal("INVITATION_LINK", Scene.CodeOf(await scene.AcceptAsync(token)));
        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from accounts.person where email = $1", contact.Email!));
    }

    [Fact]
    public async Task INV_04_a_revoked_link_looks_like_one_that_never_was()
    {
        var contact = await scene.ContactAsync();
        var revoked = await scene.InviteAsync(contact);
        var payload = await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);
        Assert.Equal("NOT_INVITED", payload.GetProperty("contact").GetProperty("invitation").GetProperty("status").GetString());
        Assert.Equal("INVITATION_REVOKED", payload.GetProperty("contact").GetProperty("invitation").GetProperty("detail").GetString());
        var random = new string('A', revoked.Length);

        Assert.Equal((await scene.AcceptAsync(random)).ToString(), (await scene.AcceptAsync(revoked)).ToString());
        Assert.Equal(await AnswerForLinkAsync(random), await AnswerForLinkAsync(revoked));
        Assert.Equal("NOT_INVITED", Scene.CodeOf(await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter)));
    }

    [Fact]
    public async Task INV_05_only_the_newest_link_is_alive()
    {
        var contact = await scene.ContactAsync();
        var tokens = new List<string> { await scene.InviteAsync(contact) };
        for (var mails = 2; mails <= 3; mails++)
        {
            await scene.PassAsync(contact, TimeSpan.FromMinutes(2));
            Assert.Equal(JsonValueKind.Null, (await scene.ChangeAsync("resendInvitation", contact, scene.Inviter)).GetProperty("errors").ValueKind);
            tokens.Add(await scene.TokenOfNewestMailAsync(contact, mails));
        }

        Assert.Equal(3, tokens.Distinct().Count());
        Assert.Equal("INVITATION_LINK", Scene.CodeOf(await scene.AcceptAsync(tokens[0])));
        Assert.Equal("INVITATION_LINK", Scene.CodeOf(await scene.AcceptAsync(tokens[1])));
        Assert.Equal(JsonValueKind.Null, (await scene.AcceptAsync(tokens[2])).GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task INV_06_opening_the_link_consumes_nothing()
    {
        var token = await scene.InviteAsync(await scene.ContactAsync());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
        {
            for (var i = 0; i < 20; i++)
            {
                using var request = new HttpRequestMessage(method, $"invitation/{token}");
                request.Headers.UserAgent.ParseAdd(i % 2 == 0 ? "Mozilla/5.0 (compatible; LinkScanner/1.0)" : "SafeLinks");
                using var response = await scene.Portal.Http.SendAsync(request);
                Assert.Equal(method == HttpMethod.Options ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.OK, response.StatusCode);
            }
        }

        Assert.Equal(JsonValueKind.Null, (await scene.AcceptAsync(token)).GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task INV_10_the_link_names_who_and_where_to_and_its_page_keeps_it_to_itself()
    {
        var contact = await scene.ContactAsync(name: "<b>Carla</b>", clientName: "A&B \"Ltd\"");
        var token = await scene.InviteAsync(contact);

        var answer = JsonDocument.Parse(await AnswerForLinkAsync(token)).RootElement.GetProperty("invitation");

        Assert.Equal(["<b>Carla</b>", "A&B \"Ltd\"", "Ida Inviter", contact.Email], new[] { "contactName", "clientName", "invitedBy", "email" }.Select(name => answer.GetProperty(name).GetString()));
        using var response = await scene.Portal.Http.GetAsync($"invitation/{token}");
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.StartsWith("default-src 'none'; script-src 'self' 'nonce-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void INV_07_tokens_are_256_bits_without_structure()
    {
        var links = new InvitationLinks(scene.Portal.Services.GetService(typeof(PortalOptions)) as PortalOptions ?? throw new InvalidOperationException());
        var tokens = Enumerable.Range(0, 1_000).Select(_ => links.UrlOf(links.Create().Id).Segments[^1]).ToList();

        Assert.Equal(1_000, tokens.Distinct().Count());
        Assert.All(tokens, t => Assert.Matches("^[A-Za-z0-9_-]{43}$", t));
        for (var place = 0; place < 42; place++) // the last character holds 4 bits only
        {
            Assert.InRange(tokens.Select(t => t[place]).Distinct().Count(), 50, 64); // 64 possible; 1,000 draws miss hardly one
        }
    }

    [Fact]
    public async Task INV_08_any_other_spelling_of_a_token_is_no_token()
    {
        var token = await scene.InviteAsync(await scene.ContactAsync());
        var flipped = (token[0] == 'A' ? 'B' : 'A') + token[1..];
        string[] spellings = [flipped, token[..^1], token + "=", token + "A", " " + token, token + "\n", token + "\0", token.ToUpperInvariant(), token.ToLowerInvariant(), Uri.EscapeDataString(Uri.EscapeDataString("%" + token)), "", new string('A', 100_000)];
        var refusal = (await scene.AcceptAsync(new string('B', 43))).ToString();

        foreach (var spelling in spellings)
        {
            Assert.Equal(refusal, (await scene.AcceptAsync(spelling)).ToString());
            Assert.Equal("INVALID", await scene.StateOfLinkAsync(spelling));
        }

        var page = await PageAsync(token);
        foreach (var spelling in spellings.Where(s => s.Length is > 0 and < 1_000 && !s.Contains('\0', StringComparison.Ordinal))) // the server itself refuses a path with NUL
        {
            Assert.Equal(page, await PageAsync(Uri.EscapeDataString(spelling)));
        }

        Assert.Equal("OPEN", await scene.StateOfLinkAsync(token));
    }

    [Fact]
    public async Task INV_14_a_link_dies_with_the_address_that_it_was_sent_to()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        await scene.ExecuteAsync("update clients.contact set email = 'new-' || email, sign_in_key = 'new-' || sign_in_key, recipient_key = 'new-' || recipient_key where id = $1", contact.Id);

        Assert.Equal("INVITATION_LINK", Scene.CodeOf(await scene.AcceptAsync(token)));
        var invitation = (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Contact { invitation { status detail } } } }", new { id = contact.NodeId }, scene.Inviter)).GetProperty("node").GetProperty("invitation");
        Assert.Equal(("NOT_INVITED", "ADDRESS_CHANGED"), (invitation.GetProperty("status").GetString(), invitation.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_new_link_for_an_expired_one_goes_to_the_mailbox_and_the_answer_tells_nothing()
    {
        const string Ask = "mutation ($token: String!) { requestNewInvitation(input: { token: $token }) { accepted } }";
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        var whileOpen = await scene.AskAsync(Ask, new { token });
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() where contact_id = $1", contact.Id);
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));

        var whenExpired = await scene.AskAsync(Ask, new { token });

        Assert.Equal("OPEN", await scene.StateOfLinkAsync(await scene.TokenOfNewestMailAsync(contact, 2)));
        var whenUsedUp = await scene.AskAsync(Ask, new { token });
        Assert.Equal([whileOpen.ToString(), whileOpen.ToString()], [whenExpired.ToString(), whenUsedUp.ToString()]);
        Assert.Equal(2, scene.Mail.Mails.Count(m => m.To.Contains(contact.Email)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task INV_03_the_databases_clock_decides_when_a_link_has_expired_not_the_hosts(int hoursOff)
    {
        var (before, after) = (await scene.ContactAsync(), await scene.ContactAsync());
        var (early, late) = (await scene.InviteAsync(before), await scene.InviteAsync(after));
        await using var host = await scene.Fixture.StartPortalAsync(scene.Portal.Database, new WrongClock(TimeSpan.FromHours(hoursOff)), ("Portal:DataFolder", scene.DataFolder));
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() + interval '10 minutes' where contact_id = $1", before.Id);
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() + interval '2 seconds' where contact_id = $1", after.Id);

        var accepted = await AcceptAsync(early);
        await Eventually.TrueAsync(() => scene.ScalarAsync<bool>("select clock_timestamp() > expires_at from invitations.invitation where contact_id = $1", after.Id));
        var refused = await AcceptAsync(late);

        Assert.Equal(JsonValueKind.Null, accepted.GetProperty("errors").ValueKind);
        Assert.Equal("EXPIRED", refused.GetProperty("errors")[0].GetProperty("state").GetString());

        async Task<JsonElement> AcceptAsync(string token) => (await host.DataAsync(
            "mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { ... on InvitationLinkError { state } } } }", new { input = new { token, password = Scene.Password } })).GetProperty("acceptInvitation");
    }

    // Or by a year: the module that invites never looks at it.
    [Fact]
    public void INV_03_no_code_that_invites_looks_at_the_hosts_clock() =>
        Assert.All(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "modules", "Invitations"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("obj", StringComparison.Ordinal)),
            f => Assert.DoesNotMatch(@"\b(UtcNow|GetUtcNow|GetLocalNow|DateTime\.Now|DateTimeOffset\.Now)\b", File.ReadAllText(f)));

    [Fact]
    public async Task INV_13_who_accepts_can_name_no_other_address()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);

        var naming = await scene.Portal.AskAsync("mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }", new { input = new { token, password = Scene.Password, email = "mine@example.org" } });
        var accepted = await scene.AcceptAsync(token);

        Assert.True(naming.TryGetProperty("errors", out _));
        Assert.Equal(contact.Email, accepted.GetProperty("viewer").GetProperty("email").GetString()); // still open, and for the address that it was sent to
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from accounts.person where email_key = 'mine@example.org'"));
    }

    private async Task<string> AnswerForLinkAsync(string token) =>
        (await scene.AskAsync("query ($token: String!) { invitation(token: $token) { state contactName clientName email expiresAt existingAccount invitedBy } }", new { token })).GetRawText();

    // Each answer has a nonce of its own; the rest of it may not depend on the link.
    private async Task<(HttpStatusCode Status, string Html)> PageAsync(string token)
    {
        using var response = await scene.Portal.Http.GetAsync($"invitation/{token}");
        return (response.StatusCode, Nonce().Replace(await response.Content.ReadAsStringAsync(), ""));
    }

    [GeneratedRegex("nonce=\"[^\"]+\"")]
    private static partial Regex Nonce();
}
