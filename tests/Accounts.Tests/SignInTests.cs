using System.Diagnostics;
using System.Text.Json;
using ClientPortal.Testing;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class SignInTests(Scene scene)
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

    [Fact] // THR-11
    public async Task Every_attempt_counts_by_alias_case_or_concurrency_and_live_sessions_go_on()
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

    [Fact] // THR-11
    public async Task Attempts_count_for_unknown_addresses_too_and_look_the_same()
    {
        var known = await scene.PersonAsync();
        var unknown = $"u{Guid.NewGuid():N}@example.com";

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(Anonymous(await scene.SignInAsync(known.Email, "wrong")), Anonymous(await scene.SignInAsync(unknown, "wrong")));
        }
    }

    [Fact] // THR-11
    public async Task A_network_that_guesses_at_many_accounts_is_locked_out_and_others_are_not()
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

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_lock_out_take_the_same_time()
    {
        var locked = (await scene.PersonAsync()).Email;
        await scene.ExecuteAsync("insert into accounts.sign_in_throttle (key, window_ends, locked_until) values ('account ' || $1, now() + interval '1 hour', now() + interval '1 hour')", locked);
        var times = new List<long>[] { [], [], [] };
        for (var i = 0; i < 7; i++)
        {
            var emails = new[] { (await scene.PersonAsync()).Email, $"u{Guid.NewGuid():N}@example.com", locked };
            for (var kind = 0; kind < emails.Length; kind++)
            {
                var start = Stopwatch.GetTimestamp();
                await scene.SignInAsync(emails[kind], "a wrong password");
                times[kind].Add(Stopwatch.GetTimestamp() - start);
            }
        }

        var medians = times.Select(t => (double)t.Order().ElementAt(t.Count / 2)).ToArray();
        Assert.True(medians.Max() / medians.Min() < 1.5, $"Medians: {string.Join(", ", medians.Select(m => Stopwatch.GetElapsedTime(0, (long)m).TotalMilliseconds))} ms"); // without a hash it would be fifty times
    }

    private Task<Testing.TestPortal> FreshPortalAsync() =>
        scene.Fixture.StartPortalAsync(("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", Scene.Password), ("Portal:FirstStaff:Name", "Fiona First"));

    // The answer without the moment: whether there is one matters.
    private static string Anonymous(JsonElement payload) =>
        System.Text.RegularExpressions.Regex.Replace(payload.GetRawText(), "\"retryAt\":\"[^\"]*\"", "\"retryAt\":\"…\"");
}
