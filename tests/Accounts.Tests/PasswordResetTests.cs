using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class PasswordResetTests(Scene scene)
{
    [Fact] // INV-15
    public async Task A_reset_request_answers_alike_in_content_and_time_whoever_is_asked_for()
    {
        const int Times = 12;
        var inactive = await scene.PersonAsync();
        await scene.ExecuteAsync("update accounts.person set active = false where id = $1", inactive.Id);
        var known = await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => scene.PersonAsync()));
        var kinds = new Func<int, string>[] { i => known[i].Email, i => $"u{i}{Guid.NewGuid():N}@example.com", _ => inactive.Email, _ => "no address at all", _ => "" };
        var times = kinds.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < Times; i++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await scene.Portal.AskAsync("mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }", new { input = new { email = kinds[kind](i) } });
                times[kind].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Assert.Equal("""{"data":{"requestPasswordReset":{"accepted":true}}}""", answer.GetRawText());
            }
        }

        var medians = times.Select(t => t.Order().ElementAt(Times / 2)).ToArray();
        Assert.True(medians.Max() / medians.Min() < 1.05, $"Medians: {string.Join(", ", medians)} ms");
        foreach (var person in known)
        {
            await scene.TokenOfMailAsync(person.Email);
        }

        Assert.Empty(scene.MailsTo(inactive.Email));
    }

    [Fact] // INV-16
    public async Task The_newest_link_works_once_ends_every_session_and_older_links_are_dead()
    {
        var person = await scene.PersonAsync();
        string[] sessions = [await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email)];
        await scene.RequestResetAsync(person.Email);
        var older = await scene.TokenOfMailAsync(person.Email);
        await scene.PassMinuteAsync(person.Email);
        await scene.RequestResetAsync(person.Email.ToUpperInvariant());
        var newer = await scene.TokenOfMailAsync(person.Email, mails: 2);

        Assert.Equal("LINK_INVALID", Scene.CodeOf(await ResetAsync(older)));
        Assert.True(await scene.LivesAsync(sessions[0]));
        var done = await ResetAsync(newer);
        Scene.AssertDone(done);

        foreach (var session in sessions)
        {
            Assert.False(await scene.LivesAsync(session));
        }

        Assert.True(await scene.LivesAsync(done.GetProperty("token").GetString()!));
        Assert.Equal("LINK_INVALID", Scene.CodeOf(await ResetAsync(newer)));
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(person.Email)));
        Scene.AssertDone(await scene.SignInAsync(person.Email, Scene.OtherPassword));
    }

    [Fact]
    public async Task Of_ten_that_use_a_link_at_once_one_succeeds()
    {
        var token = await TokenAsync();

        var payloads = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ResetAsync(token)));

        Assert.Single(payloads, p => p.GetProperty("errors").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Opening_the_page_consumes_nothing_and_it_says_when_a_link_is_over()
    {
        var token = await TokenAsync();

        for (var i = 0; i < 2; i++)
        {
            using var page = await scene.Portal.Http.GetAsync($"reset/{token}");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.DoesNotContain(token, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
            Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            var link = await LinkAsync(token);
            Assert.True(link.GetProperty("setsPassword").GetBoolean());
            Assert.Equal("Petra Person", link.GetProperty("name").GetString());
        }

        Scene.AssertDone(await ResetAsync(token));
        Assert.Equal(JsonValueKind.Null, (await LinkAsync(token)).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await LinkAsync(new string('A', token.Length))).ValueKind);
    }

    [Fact]
    public async Task A_link_lives_for_an_hour_by_the_databases_clock_and_only_its_hash_is_stored()
    {
        var person = await scene.PersonAsync();
        await scene.RequestResetAsync(person.Email);
        var token = await scene.TokenOfMailAsync(person.Email);
        Assert.True(await scene.ScalarAsync<bool>("select expires_at between now() + interval '59 minutes' and now() + interval '1 hour' from accounts.link where person_id = $1", person.Id));
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from (select l::text t from accounts.link l union all select o::text from mail.outbox o) x where strpos(t, $1) > 0", token));

        await scene.ExecuteAsync("update accounts.link set expires_at = clock_timestamp() where person_id = $1", person.Id);

        Assert.Equal("LINK_INVALID", Scene.CodeOf(await ResetAsync(token)));
    }

    [Fact]
    public async Task Asking_again_within_the_limit_sends_nothing_and_leaves_the_older_link_alive()
    {
        var person = await scene.PersonAsync();
        await scene.RequestResetAsync(person.Email);
        var token = await scene.TokenOfMailAsync(person.Email);

        await scene.RequestResetAsync(person.Email);

        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from mail.outbox where to_address = $1", person.Email));
        Scene.AssertDone(await ResetAsync(token));
    }

    [Fact]
    public async Task A_lock_out_ends_with_a_new_password()
    {
        var person = await scene.PersonAsync();
        for (var i = 0; i < 11; i++)
        {
            await scene.SignInAsync(person.Email, "wrong");
        }

        await scene.RequestResetAsync(person.Email);
        Scene.AssertDone(await ResetAsync(await scene.TokenOfMailAsync(person.Email)));

        Scene.AssertDone(await scene.SignInAsync(person.Email, Scene.OtherPassword));
    }

    [Fact]
    public async Task A_refused_password_consumes_nothing()
    {
        var token = await TokenAsync();

        Assert.Equal("VALIDATION", Scene.CodeOf(await ResetAsync(token, "Password123456!")));

        Scene.AssertDone(await ResetAsync(token));
    }

    [Theory] // WEB-07
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    [InlineData("Host", "localhost:80@evil.example")]
    public async Task The_link_leads_to_the_configured_address_whatever_the_request_says(string header, string value)
    {
        var person = await scene.PersonAsync();

        using var response = await scene.SendAsync($$"""mutation { requestPasswordReset(input: { email: "{{person.Email}}" }) { accepted } }""", r => r.Headers.TryAddWithoutValidation(header, value));

        if (response.IsSuccessStatusCode)
        {
            await scene.TokenOfMailAsync(person.Email);
            var mail = Assert.Single(scene.MailsTo(person.Email));
            Assert.Contains($"{scene.Portal.Url}reset/", mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", mail.Raw, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode); // not even a host name
        }
    }

    private async Task<string> TokenAsync()
    {
        var person = await scene.PersonAsync();
        await scene.RequestResetAsync(person.Email);
        return await scene.TokenOfMailAsync(person.Email);
    }

    private async Task<JsonElement> LinkAsync(string token) =>
        (await scene.AskAsync("query ($token: String!) { accountLink(token: $token) { setsPassword name email expiresAt } }", new { token })).GetProperty("accountLink");

    private Task<JsonElement> ResetAsync(string token, string password = Scene.OtherPassword) => scene.ChangeAsync("resetPassword", new { token, password }, fields: "viewer { name } token");
}
