using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.Testing;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class SessionTests(Scene scene)
{
    private const string Cookie = "__Host-portal";

    [Fact]
    public async Task SES_02_a_session_that_signed_out_is_refused_everywhere_and_nothing_may_be_cached()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        using var alive = await scene.SendAsync("{ viewer { name } }", r => r.Headers.Add("Cookie", $"{Cookie}={session}"));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.True(alive.Headers.CacheControl?.NoStore, "An answer may be cached.");

        Assert.True((await scene.AskAsync("mutation { signOut { signedOut } }", session: session)).GetProperty("signOut").GetProperty("signedOut").GetBoolean());

        using var replayed = await scene.SendAsync("{ viewer { name } }", r => r.Headers.Add("Cookie", $"{Cookie}={session}"));
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        Assert.False(await scene.LivesAsync(session));
    }

    [Fact]
    public async Task SES_03_signing_in_gives_a_new_secret_and_ends_the_session_that_the_browser_had()
    {
        var person = await scene.PersonAsync();
        var before = await scene.SignedInAsync(person.Email);

        using var response = await scene.SendAsync($$"""mutation { signIn(input: { email: "{{person.Email}}", password: "{{Scene.Password}}" }) { token } }""", r => r.Headers.Add("Cookie", $"{Cookie}={before}"));

        var after = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("signIn").GetProperty("token").GetString()!;
        Assert.NotEqual(before, after);
        Assert.False(await scene.LivesAsync(before));
        Assert.True(await scene.LivesAsync(after));
    }

    [Fact]
    public async Task SES_03_a_program_that_signs_in_again_ends_the_session_that_it_presents()
    {
        var person = await scene.PersonAsync();
        var (before, other) = (await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email));

        var refused = await scene.SignInAsync(person.Email, "not the right one", before);
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(refused));
        Assert.True(await scene.LivesAsync(before));
        var after = (await scene.SignInAsync(person.Email, session: before)).GetProperty("token").GetString()!;

        var alive = await Task.WhenAll(scene.LivesAsync(before), scene.LivesAsync(after), scene.LivesAsync(other));
        Assert.Equal([false, true, true], alive);
    }

    [Theory]
    [InlineData("00:00:01", "01:00:00")]
    [InlineData("00:00:01", "00:00:01")]
    public async Task SES_04_idle_and_absolute_limits_end_a_session_by_the_databases_clock(string idle, string absolute)
    {
        await using var portal = await scene.Fixture.StartPortalAsync(scene.Portal.Database, ("Portal:SessionIdle", idle), ("Portal:SessionAbsolute", absolute));
        var person = await scene.PersonAsync();
        var answer = await portal.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email = person.Email, password = Scene.Password } });
        var session = answer.GetProperty("data").GetProperty("signIn").GetProperty("token").GetString()!;

        await Eventually.TrueAsync(() => scene.ScalarAsync<bool>("select expires_at <= clock_timestamp() from accounts.session where person_id = $1", person.Id));

        Assert.False(await scene.LivesAsync(session));
    }

    [Fact]
    public async Task SES_04_use_moves_the_idle_limit_and_never_the_absolute_one()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);
        await scene.ExecuteAsync("update accounts.session set last_seen_at = now() - interval '1 day', expires_at = now() + interval '1 minute', ends_at = now() + interval '2 days' where person_id = $1", person.Id);

        Assert.True(await scene.LivesAsync(session));

        Assert.True(await scene.ScalarAsync<bool>("select expires_at = ends_at and ends_at < now() + interval '2 days' from accounts.session where person_id = $1", person.Id));
    }

    [Fact]
    public async Task SES_05_the_cookie_is_for_this_host_alone_and_for_no_script()
    {
        var person = await scene.PersonAsync();

        using var response = await scene.SendAsync($$"""mutation { signIn(input: { email: "{{person.Email}}", password: "{{Scene.Password}}" }) { token } }""", _ => { });

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
        {
            Assert.Contains($"; {attribute}", cookie, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(43, cookie[(Cookie.Length + 1)..cookie.IndexOf(';', StringComparison.Ordinal)].Length); // base64url of 256 bits
    }

    [Fact]
    public async Task SES_06_changing_the_password_ends_all_other_sessions()
    {
        var person = await scene.PersonAsync();
        string[] sessions = [await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email)];
        Assert.Equal(3, (await scene.AskAsync("{ viewer { sessions { id current } } }", session: sessions[0])).GetProperty("viewer").GetProperty("sessions").GetArrayLength());

        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.ChangeAsync("changePassword", new { currentPassword = "not the right one", newPassword = Scene.OtherPassword }, sessions[0])));
        Assert.True(await scene.LivesAsync(sessions[1]));
        Scene.AssertDone(await scene.ChangeAsync("changePassword", new { currentPassword = Scene.Password, newPassword = Scene.OtherPassword }, sessions[0]));

        var alive = await Task.WhenAll(sessions.Select(scene.LivesAsync));
        Assert.Equal([true, false, false], alive);
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(person.Email)));
        Scene.AssertDone(await scene.SignInAsync(person.Email, Scene.OtherPassword));
    }

    [Fact]
    public async Task One_ends_ones_own_sessions_and_nobody_elses()
    {
        var (person, other) = (await scene.PersonAsync(), await scene.PersonAsync());
        var (here, there, others) = (await scene.SignedInAsync(person.Email), await scene.SignedInAsync(person.Email), await scene.SignedInAsync(other.Email));
        var thereId = (await scene.AskAsync("{ viewer { sessions { id current } } }", session: there)).GetProperty("viewer").GetProperty("sessions").EnumerateArray().Single(s => s.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        Assert.Equal("NOT_FOUND", Scene.CodeOf(await scene.ChangeAsync("endSession", new { sessionId = thereId }, others)));
        Assert.True(await scene.LivesAsync(there));
        Scene.AssertDone(await scene.ChangeAsync("endSession", new { sessionId = thereId }, here));

        Assert.False(await scene.LivesAsync(there));
        Assert.True(await scene.LivesAsync(here));
    }

    [Fact]
    public async Task SES_10_a_cookie_that_was_tampered_with_is_refused_and_breaks_nothing()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        var random = new Random(10);
        var flipped = new HashSet<string>();
        while (flipped.Count < 1000)
        {
            var characters = session.ToCharArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                characters[random.Next(characters.Length)] ^= (char)(1 << random.Next(7));
            }

            var value = new string(characters);
            if (value != session && value.All(c => c is > ' ' and < (char)127)) // what can be sent in a header at all
            {
                flipped.Add(value);
            }
        }

        foreach (var value in flipped.Append(new string('a', 10_000)).Append("").Append(session + "=").Append($"\"{session}\""))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, value), (await StatusAsync($"{Cookie}={value}"), value));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{Cookie}={session}; {Cookie}={session}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{Cookie}=x; {Cookie}={session}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"other=1; {Cookie}={session}"));
    }

    [Fact]
    public async Task A_request_that_names_a_session_twice_is_refused_even_when_it_is_the_same()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        using var both = await scene.SendAsync("{ viewer { name } }", r =>
        {
            r.Headers.Add("Cookie", $"{Cookie}={session}");
            r.Headers.Add("Authorization", $"Bearer {session}");
        });

        Assert.Equal(HttpStatusCode.Unauthorized, both.StatusCode);
        Assert.True(await scene.LivesAsync(session));
    }

    [Fact]
    public async Task SES_09_what_the_database_knows_of_a_session_opens_nothing()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);
        var stored = await scene.ScalarAsync<byte[]>("select token_hash from accounts.session where person_id = $1", person.Id);

        foreach (var value in new[] { Base64Url.EncodeToString(stored), Convert.ToHexStringLower(stored), Platform.Asking.SessionSecret.Parse(session)!.Token, Base64Url.EncodeToString(Convert.FromHexString(Platform.Asking.SessionSecret.Parse(session)!.Token)) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{Cookie}={value}"));
            using var bearer = await scene.SendAsync("{ viewer { name } }", r => r.Headers.Add("Authorization", $"Bearer {value}"));
            Assert.Equal(HttpStatusCode.Unauthorized, bearer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{Cookie}={session}"));
    }

    [Fact]
    public async Task SES_08_of_many_who_ask_at_once_each_is_who_they_are_and_who_signed_out_nobody()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => scene.PersonAsync()));
        var sessions = await Task.WhenAll(people.Select(p => scene.SignedInAsync(p.Email)));
        foreach (var over in sessions.Take(4))
        {
            await scene.AskAsync("mutation { signOut { signedOut } }", session: over);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(async i =>
        {
            using var response = await scene.SendAsync("{ viewer { email } }", r => r.Headers.Add("Authorization", $"Bearer {sessions[i % 12]}"));
            return (Who: i % 12, response.StatusCode, Text: await response.Content.ReadAsStringAsync());
        }));

        Assert.All(answers, a => Assert.Equal(a.Who < 4 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, a.StatusCode));
        Assert.All(answers.Where(a => a.Who >= 4), a => Assert.Contains($"\"{people[a.Who].Email}\"", a.Text));
    }

    [Fact]
    public async Task Who_waited_behind_a_question_that_failed_is_answered_all_the_same()
    {
        await using var own = await scene.Fixture.StartPortalAsync();
        var sessions = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var (person, _) = await own.Database.PersonAsync("CLIENT", $"Person {i}");
            sessions.Add(await own.Database.SessionAsync(person));
        }

        Task<HttpResponseMessage> Ask(string session) => scene.SendAsync("{ viewer { name } }", r => r.Headers.Add("Authorization", $"Bearer {session}"), own);
        async Task<bool> AskingAsync() => await own.Database.WaitingAsync("portal_auth") > 0;
        List<Task<HttpResponseMessage>> asked;
        await using (await own.Database.HoldAsync("lock table accounts.person in access exclusive mode"))
        {
            asked = [Ask(sessions[0])];
            await Eventually.TrueAsync(AskingAsync);
            asked.AddRange(sessions.Skip(1).Select(Ask));
            await own.Database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'portal_auth' and wait_event_type = 'Lock'");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await asked[0]).StatusCode);
            await Eventually.TrueAsync(AskingAsync);
        }

        for (var i = 1; i < asked.Count; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await asked[i]).StatusCode);
            Assert.Contains($"Person {i}", await (await asked[i]).Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_session_whose_row_somebody_holds_keeps_nobody_waiting()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);
        await scene.ExecuteAsync("update accounts.session set last_seen_at = now() - interval '1 hour' where person_id = $1", person.Id);
        await using (await scene.Portal.Database.HoldAsync($"select from accounts.session where person_id = '{person.Id}' for update"))
        {
            Assert.True(await scene.LivesAsync(session).WaitAsync(Eventually.Patience));
        }

        Assert.True(await scene.LivesAsync(session));
        Assert.True(await scene.ScalarAsync<bool>("select last_seen_at > now() - interval '1 minute' from accounts.session where person_id = $1", person.Id));
    }

    private async Task<HttpStatusCode> StatusAsync(string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = "{ viewer { name } }" }) };
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var response = await scene.Portal.Http.SendAsync(request);
        return response.StatusCode;
    }
}
