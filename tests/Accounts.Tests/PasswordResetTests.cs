using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClientPortal.Testing;
using Xunit.Abstractions;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class PasswordResetTests(Scene scene, ITestOutputHelper output)
{
    // Content is compared to the byte. Of the time, what makes it the same is: every kind of address asks the same of the
    // database, and no answer leaves before a fixed moment. RESET_REQUESTS=500 asks as often of each kind and prints the medians.
    [Fact]
    public async Task INV_15_a_reset_request_answers_alike_in_content_and_time_whoever_is_asked_for()
    {
        var times = int.Parse(Environment.GetEnvironmentVariable("RESET_REQUESTS") ?? "5", CultureInfo.InvariantCulture);
        var known = new List<string>();
        for (var i = 0; i < times; i++)
        {
            known.Add((await scene.PersonAsync()).Email);
        }

        var (invited, revoked, inactive) = (await scene.ContactAsync("INVITED"), await scene.ContactAsync("NOT_INVITED"), (await scene.PersonAsync()).Email);
        await scene.ExecuteAsync("update accounts.person set active = false where email = $1", inactive);
        var kinds = new (string Name, Func<int, string> Email, List<double> Times, HashSet<string> Asked)[]
        {
            ("known", i => known[i], [], []), ("unknown", i => $"u{i}{Guid.NewGuid():N}@example.com", [], []), ("invited", _ => invited, [], []),
            ("revoked", _ => revoked, [], []), ("inactive", _ => inactive, [], []), ("malformed", _ => "no address at all", [], []), ("empty", _ => "", [], []),
        };
        for (var i = 0; i < times; i++)
        {
            foreach (var kind in kinds)
            {
                var start = 0L;
                var answer = ("", "");
                var asked = await Statements.OfAsync(async () =>
                {
                    using var request = JsonContent.Create(new { query = "mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }", variables = new { input = new { email = kind.Email(i) } } });
                    start = Stopwatch.GetTimestamp();
                    using var response = await scene.Portal.Http.PostAsync("graphql", request);
                    answer = ($"{(int)response.StatusCode} {string.Join('|', response.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}", await response.Content.ReadAsStringAsync());
                });
                kind.Times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Assert.Equal(("200 Cache-Control: no-store|X-Content-Type-Options: nosniff", """{"data":{"requestPasswordReset":{"accepted":true}}}"""), (answer.Item1.Replace("Transfer-Encoding: chunked|", "", StringComparison.Ordinal), answer.Item2));
                kind.Asked.Add(string.Join(';', asked));
            }
        }

        Assert.Contains("accounts.request_password_reset", Assert.Single(kinds.SelectMany(k => k.Asked).Distinct()), StringComparison.Ordinal);
        foreach (var (name, _, measured, _) in kinds)
        {
            output.WriteLine($"{name}: median {measured.Order().ElementAt(times / 2):f2} ms of {times}");
        }

        Assert.All(kinds, k => Assert.InRange(k.Times.Min(), 200, double.MaxValue));

        foreach (var email in known)
        {
            await scene.TokenOfMailAsync(email);
        }

        Assert.Empty(scene.MailsTo(inactive).Concat(scene.MailsTo(invited)));
    }

    [Fact]
    public async Task INV_16_the_newest_link_works_once_ends_every_session_and_older_links_are_dead()
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
        var before = await scene.ScalarAsync<DateTime>("select clock_timestamp()");
        await scene.RequestResetAsync(person.Email);
        var token = await scene.TokenOfMailAsync(person.Email);
        Assert.True(await scene.ScalarAsync<bool>("select expires_at - interval '1 hour' between $2 and now() from accounts.link where person_id = $1", person.Id, before));
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

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    [InlineData("Host", "localhost:80@evil.example")]
    public async Task WEB_07_the_link_leads_to_the_configured_address_whatever_the_request_says(string header, string value)
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

    [Theory]
    [InlineData("http://evil.example/graphql", "evil.example")]
    [InlineData("http://evil.example/graphql", "localhost")]
    [InlineData("/graphql", "localhost:80, evil.example")]
    public async Task WEB_07_the_link_leads_there_also_when_the_request_line_names_another_host(string target, string host)
    {
        var person = await scene.PersonAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync("localhost", scene.Portal.Url.Port);
        var body = JsonSerializer.Serialize(new { query = $$"""mutation { requestPasswordReset(input: { email: "{{person.Email}}" }) { accepted } }""" });
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();

        if (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            await scene.TokenOfMailAsync(person.Email);
            Assert.DoesNotContain("evil", Assert.Single(scene.MailsTo(person.Email)).Raw, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        }
    }

    // Links in mails that were sent are known by their stored hash: only those of mails that still wait depend on the key.
    [Fact]
    public async Task A_link_that_was_sent_outlives_a_change_of_the_key()
    {
        var token = await TokenAsync();
        await using var portal = await scene.Fixture.StartPortalAsync(scene.Portal.Database, ("Portal:LinkKey", Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray())));

        var data = await portal.DataAsync("mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { errors { __typename } } }", new { input = new { token, password = Scene.OtherPassword } });

        Scene.AssertDone(data.GetProperty("resetPassword"));
    }

    [Fact]
    public async Task The_owner_is_told_by_a_mail_without_a_link()
    {
        var person = await scene.PersonAsync();
        await scene.RequestResetAsync(person.Email);
        Scene.AssertDone(await ResetAsync(await scene.TokenOfMailAsync(person.Email)));

        await Eventually.TrueAsync(() => Task.FromResult(scene.MailsTo(person.Email).Count == 2));

        var mail = scene.MailsTo(person.Email)[1];
        Assert.EndsWith("your password was changed", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("://", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", mail.Html, StringComparison.OrdinalIgnoreCase);
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
