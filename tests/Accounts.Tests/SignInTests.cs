using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.Testing;
using Xunit.Abstractions;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class SignInTests(Scene scene, ITestOutputHelper output)
{
    [Fact]
    public async Task Who_knows_the_password_signs_in_whatever_the_spelling_of_the_address()
    {
        var person = await scene.PersonAsync();

        foreach (var email in new[] { person.Email, person.Email.ToUpperInvariant(), $" {person.Email}. " })
        {
            Assert.Equal(person.Email, (await scene.SignInAsync(email)).GetProperty("viewer").GetProperty("email").GetString());
        }
    }

    [Fact]
    public async Task A_deactivated_person_is_refused_like_a_stranger()
    {
        var person = await scene.PersonAsync();
        await scene.ExecuteAsync("update accounts.person set active = false where id = $1", person.Id);

        Assert.Equal(Anonymous(await scene.SignInAsync("nobody@example.com")), Anonymous(await scene.SignInAsync(person.Email)));
    }

    [Fact]
    public async Task THR_11_every_attempt_counts_by_alias_case_or_concurrency_and_live_sessions_go_on()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);
        var aliases = string.Join(' ', Enumerable.Range(0, 4).Select(i => $$"""a{{i}}: signIn(input: { email: "{{(i % 2 == 0 ? person.Email : person.Email.ToUpperInvariant())}}", password: "wrong {{i}}" }) { token errors { __typename } }"""));

        await Task.WhenAll(scene.AskAsync($"mutation {{ {aliases} }}"), scene.SignInAsync(person.Email, "wrong"), scene.SignInAsync(person.Email, "wrong"));
        Assert.Equal(6, await scene.ScalarAsync<int>("select attempts from accounts.sign_in_throttle where key = 'account ' || $1", person.Email));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.SignInAsync(person.Email, "wrong")));

        var refused = await scene.SignInAsync(person.Email); // right, and locked out
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(refused));
        Assert.InRange(refused.GetProperty("errors")[0].GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(6));
        Assert.True(await scene.LivesAsync(session));
        await scene.ExecuteAsync("update accounts.sign_in_throttle set locked_until = clock_timestamp() where key = 'account ' || $1", person.Email);
        Scene.AssertDone(await scene.SignInAsync(person.Email));
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from accounts.sign_in_throttle where key = 'account ' || $1", person.Email));
    }

    [Fact]
    public async Task THR_11_of_a_hundred_attempts_in_every_guise_ten_are_judged()
    {
        await using var portal = await FreshPortalAsync();
        var session = (await portal.DataAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email = "first@example.com", password = Scene.Password } })).GetProperty("signIn").GetProperty("token").GetString();
        string[] guises = ["first@example.com", "FIRST@example.com", " first@EXAMPLE.com ", "first@example.com.", "ｆｉｒｓｔ@example.com"];

        // Ten wrong ones, then ninety right ones that come too late: ten aliases a request, each request from another address by its own account.
        for (var round = 0; round < 10; round++)
        {
            var attempts = Enumerable.Range(0, 10).Select(i => $$"""a{{i}}: signIn(input: { email: "{{guises[i % guises.Length]}}", password: "{{(round == 0 ? "a wrong password" : Scene.Password)}}" }) { token }""");
            using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = $"mutation {{ {string.Join(' ', attempts)} }}" }) };
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{round}");
            request.Headers.Add("Forwarded", $"for=198.51.100.{round}");
            using var response = await portal.Http.SendAsync(request);
            var data = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
            Assert.Equal(10, data.EnumerateObject().Count());
            Assert.All(data.EnumerateObject(), a => Assert.Equal(JsonValueKind.Null, a.Value.GetProperty("token").ValueKind));
        }

        using var batch = await portal.Http.PostAsync("graphql", JsonContent.Create(Enumerable.Repeat(new { query = "mutation { signIn(input: { email: \"x@example.com\", password: \"x\" }) { token } }" }, 10)));
        Assert.Equal(HttpStatusCode.BadRequest, batch.StatusCode);
        Assert.Equal(0L, await portal.Database.ScalarAsync<long>("select count(*) from accounts.sign_in_throttle where key = 'account x@example.com'"));
        Assert.Equal(100, await portal.Database.ScalarAsync<int>("select attempts from accounts.sign_in_throttle where key like 'network%'"));
        Assert.Equal("Fiona First", (await portal.DataAsync("{ viewer { name } }", session: session)).GetProperty("viewer").GetProperty("name").GetString());
    }

    [Fact]
    public async Task THR_11_attempts_count_for_unknown_addresses_too_and_look_the_same()
    {
        var known = await scene.PersonAsync();
        var unknown = $"u{Guid.NewGuid():N}@example.com";

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(Anonymous(await scene.SignInAsync(known.Email, "wrong")), Anonymous(await scene.SignInAsync(unknown, "wrong")));
        }
    }

    [Fact]
    public async Task THR_11_a_network_that_guesses_at_many_accounts_is_locked_out_and_others_are_not()
    {
        await using var database = await FreshPortalAsync();
        await database.Database.ExecuteAsync("insert into accounts.sign_in_throttle (key, attempts, window_ends) values ('network 127.0.0.0/24', 299, now() + interval '1 minute'), ('network ::/64', 299, now() + interval '1 minute')");
        var first = new { email = "first@example.com", password = Scene.Password };

        var last = await database.AskAsync("mutation { signIn(input: { email: \"x@example.com\", password: \"x\" }) { errors { ... on InvalidCredentialsError { retryAt } } } }");
        var refused = await database.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token errors { ... on InvalidCredentialsError { retryAt } } } }", new { input = first });

        Assert.NotEqual(JsonValueKind.Null, last.GetProperty("data").GetProperty("signIn").GetProperty("errors")[0].GetProperty("retryAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("data").GetProperty("signIn").GetProperty("token").ValueKind);
        await database.Database.ExecuteAsync("update accounts.sign_in_throttle set key = key || ' elsewhere' where key like 'network%'");
        var elsewhere = await database.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = first });
        Assert.NotEqual(JsonValueKind.Null, elsewhere.GetProperty("data").GetProperty("signIn").GetProperty("token").ValueKind);
    }

    [Fact]
    public async Task Counts_that_are_over_are_forgotten()
    {
        await scene.ExecuteAsync("insert into accounts.sign_in_throttle (key, window_ends) values ('account old', now() - interval '1 hour')");

        await Eventually.TrueAsync(async () =>
        {
            await scene.SignInAsync("nobody@example.com", "wrong");
            return await scene.ScalarAsync<long>("select count(*) from accounts.sign_in_throttle where key = 'account old'") == 0;
        });
    }

    // A hash takes a hundred times as long as all else: its work is compared, in processor time of this process.
    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_lock_out_cost_the_same()
    {
        var locked = (await scene.PersonAsync()).Email;
        await scene.ExecuteAsync("insert into accounts.sign_in_throttle (key, window_ends, locked_until) values ('account ' || $1, now() + interval '1 hour', now() + interval '1 hour')", locked);
        var noPassword = (await scene.PersonAsync("STAFF")).Email;
        await scene.ExecuteAsync("update accounts.person set password_hash = null where email = $1", noPassword);
        var asked = new List<string>();
        var work = new List<TimeSpan>();
        foreach (var email in new[] { (await scene.PersonAsync()).Email, $"u{Guid.NewGuid():N}@example.com", "no address at all", noPassword, locked })
        {
            var before = Environment.CpuUsage.UserTime;
            asked.Add(string.Join(';', await Statements.OfAsync(() => scene.SignInAsync(email, "a wrong password"))));
            work.Add(Environment.CpuUsage.UserTime - before);
        }

        output.WriteLine($"Work: {string.Join(", ", work.Select(w => w.TotalMilliseconds))} ms");
        Assert.Contains("accounts.sign_in_attempt", Assert.Single(asked.Distinct()), StringComparison.Ordinal);
        Assert.All(work, w => Assert.InRange(w, TimeSpan.FromMilliseconds(15), TimeSpan.MaxValue)); // none without a hash: that is one at most
    }

    private Task<Testing.TestPortal> FreshPortalAsync() =>
        scene.Fixture.StartPortalAsync(("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", Scene.Password), ("Portal:FirstStaff:Name", "Fiona First"));

    // The answer without the moment: whether there is one matters.
    private static string Anonymous(JsonElement payload) =>
        System.Text.RegularExpressions.Regex.Replace(payload.GetRawText(), "\"retryAt\":\"[^\"]*\"", "\"retryAt\":\"…\"");

    [Fact]
    public async Task However_many_sign_in_at_once_others_are_answered_meanwhile()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        var guesses = Enumerable.Range(0, 60).Select(i => scene.SignInAsync($"nobody{i}-{Guid.NewGuid():N}@example.com", "some guess or other")).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(guesses.Any(g => g.IsCompleted)));

        var answered = 0;
        while (guesses.Count(g => g.IsCompleted) < 40)
        {
            Assert.True(await scene.LivesAsync(session));
            answered++;
        }

        Assert.True(answered >= 80, $"While 40 passwords were looked at, {answered} others were answered.");
        await Task.WhenAll(guesses);
    }
}
