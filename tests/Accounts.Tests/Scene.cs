using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientPortal.Accounts.Tests;

[CollectionDefinition(nameof(Scene))]
public sealed class SceneCollection : ICollectionFixture<Scene>;

/// <summary>Somebody who can sign in with <see cref="Scene.Password"/>.</summary>
public sealed record TestPerson(Guid Id, string Email)
{
    public string NodeId { get; } = GraphQL.NodeId.Encode("StaffMember", Id);
}

/// <summary>One host for all tests; each test brings people of its own, so they do not meet.</summary>
public sealed partial class Scene : IAsyncLifetime
{
    public const string Password = "four unrelated words here";
    public const string OtherPassword = "quite another long sentence";

    private NpgsqlDataSource? superuser;
    private TestPortal? portal;
    private string hash = "";

    public TestPortal Portal => portal ?? throw new InvalidOperationException("Not started.");

    public PortalFixture Fixture { get; } = new();

    /// <summary>A session of the one who may manage staff.</summary>
    public string Manager { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Fixture.InitializeAsync();
        portal = await Fixture.StartPortalAsync(("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", Password), ("Portal:FirstStaff:Name", "Fiona First"));
        superuser = NpgsqlDataSource.Create(Portal.Database.Superuser);
        hash = Portal.Services.GetRequiredService<IPasswords>().Hash(Password);
        Manager = await SignedInAsync("first@example.com");
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await superuser!.DisposeAsync(); // made at the start
        await Fixture.DisposeAsync();
    }

    public async Task<TestPerson> PersonAsync(string memberType = "CLIENT", params string[] permissions)
    {
        var person = new TestPerson(Guid.CreateVersion7(), $"p{Guid.NewGuid():N}@example.com");
        await ExecuteAsync("insert into accounts.person (id, member_type, name, email, email_key, password_hash) values ($1, $2, 'Petra Person', $3, $3, $4)", person.Id, memberType, person.Email, hash);
        foreach (var permission in permissions)
        {
            await ExecuteAsync("insert into accounts.staff_permission values ($1, $2)", person.Id, permission);
        }

        return person;
    }

    public async Task<JsonElement> SignInAsync(string email, string password = Password, string? session = null) =>
        (await AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { viewer { name email } token errors { __typename ... on Error { code message } ... on InvalidCredentialsError { retryAt } } } }", new { input = new { email, password } }, session)).GetProperty("signIn");

    public async Task<string> SignedInAsync(string email, string password = Password) =>
        (await SignInAsync(email, password)).GetProperty("token").GetString() ?? throw new InvalidOperationException("Refused.");

    /// <summary>A mutation of this module with an input; the payload.</summary>
    public async Task<JsonElement> ChangeAsync(string mutation, object input, string? session = null, string fields = "")
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        return (await AskAsync($$"""mutation ($input: {{type}}!) { {{mutation}}(input: $input) { {{fields}} errors { __typename ... on Error { code message } } } }""", new { input }, session)).GetProperty(mutation);
    }

    public Task RequestResetAsync(string email) => AskAsync("mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }", new { input = new { email } });

    public async Task<JsonElement> AskAsync(string query, object? variables = null, string? session = null)
    {
        var answer = await Portal.AskAsync(query, variables, session);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Whether the session is alive.</summary>
    public async Task<bool> LivesAsync(string session)
    {
        using var response = await SendAsync("{ viewer { name } }", r => r.Headers.Add("Authorization", $"Bearer {session}"));
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>A request with whatever headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(string query, Action<HttpRequestMessage> change, TestPortal? to = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = (to ?? Portal).Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query }) };
        change(request);
        return await http.SendAsync(request);
    }

    /// <summary>The token of the newest mail to this address, once so many have come.</summary>
    public async Task<string> TokenOfMailAsync(string email, int mails = 1)
    {
        await EventuallyAsync(() => Task.FromResult(MailsTo(email).Count >= mails));
        return Token().Match(MailsTo(email)[^1].Text).Groups[1].Value;
    }

    public IReadOnlyList<ReceivedMail> MailsTo(string email) => [.. Fixture.Mail.Mails.Where(m => m.To.Contains(email))];

    /// <summary>Lets the mail limit of this mailbox pass; the ledger's oldest first, so that its constraints hold.</summary>
    public async Task PassMinuteAsync(string email)
    {
        await EventuallyAsync(() => ScalarAsync<bool>("select not exists (select from mail.outbox where to_address = $1 and state in ('QUEUED', 'SENDING'))", email));
        await ExecuteAsync("update mail.attempt a set reserved_at = reserved_at - interval '1 hour', lease_until = lease_until - interval '1 hour', finished_at = finished_at - interval '1 hour' from mail.outbox o where o.id = a.outbox_id and o.to_address = $1", email);
    }

    public static string CodeOf(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString() ?? "";

    public static void AssertDone(JsonElement payload) => Assert.Equal("null", payload.GetProperty("errors").GetRawText());

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var limit = Environment.TickCount64 + 30_000;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < limit, "It did not come about within 30 s.");
            await Task.Delay(25);
        }
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No row."));
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = superuser!.CreateCommand(sql); // made at the start
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    [GeneratedRegex("/(?:reset|confirm-email)/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
