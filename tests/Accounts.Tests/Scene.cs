using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;

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
        hash = await Portal.Services.GetRequiredService<IPasswords>().HashAsync(Password, CancellationToken.None);
        Manager = await SignedInAsync("first@example.com");
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Fixture.DisposeAsync();
    }

    public async Task<TestPerson> PersonAsync(string memberType = "CLIENT", params string[] permissions)
    {
        var (id, email) = await Portal.Database.PersonAsync(memberType, "Petra Person", hash, permissions);
        return new TestPerson(id, email);
    }

    /// <summary>A contact who is invited and has no sign-in, or whose access was taken away and who has one; the address.</summary>
    public async Task<string> ContactAsync(string status)
    {
        var (client, contact, email) = (Guid.CreateVersion7(), Guid.CreateVersion7(), status == "INVITED" ? $"c{Guid.NewGuid():N}@example.com" : (await PersonAsync()).Email);
        await ExecuteAsync("insert into clients.client (id, number, name, currency) values ($1, $1::text, 'Client Ltd', 'EUR')", client);
        await ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values ($1, $2, 'Carla Contact', $3, $3, $3)", contact, client, email);
        await ExecuteAsync("""
            insert into invitations.invitation (contact_id, client_id, status, detail, invitation_id, token_hash, expires_in, invited_at, expires_at)
            select $1, $2, $3, case $3 when 'INVITED' then 'SENT' else 'ACCESS_REVOKED' end, i, case when i is not null then sha256(uuid_send(i)) end, '7 days', now(), now() + interval '7 days'
            from (select case $3 when 'INVITED' then gen_random_uuid() end i) x
            """, contact, client, status);
        return email;
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

    public Task<JsonElement> AskAsync(string query, object? variables = null, string? session = null) => Portal.DataAsync(query, variables, session);

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

    /// <summary>The token of the newest mail with a link to this address, once so many have come.</summary>
    public async Task<string> TokenOfMailAsync(string email, int mails = 1)
    {
        List<string> Tokens() => [.. MailsTo(email).Select(m => Token().Match(m.Text)).Where(m => m.Success).Select(m => m.Groups[1].Value)];
        await Eventually.TrueAsync(() => Task.FromResult(Tokens().Count >= mails));
        return Tokens()[^1];
    }

    public IReadOnlyList<ReceivedMail> MailsTo(string email) => [.. Fixture.Mail.Mails.Where(m => m.To.Contains(email))];

    /// <summary>Lets the mail limit of this mailbox pass; the ledger's oldest first, so that its constraints hold.</summary>
    public async Task PassMinuteAsync(string email)
    {
        await Eventually.TrueAsync(() => ScalarAsync<bool>("select not exists (select from mail.outbox where to_address = $1 and state in ('QUEUED', 'SENDING'))", email));
        await ExecuteAsync("update mail.attempt a set reserved_at = reserved_at - interval '1 hour', lease_until = lease_until - interval '1 hour', finished_at = finished_at - interval '1 hour' from mail.outbox o where o.id = a.outbox_id and o.to_address = $1", email);
    }

    public static string CodeOf(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString() ?? "";

    public static void AssertDone(JsonElement payload) => Assert.Equal("null", payload.GetProperty("errors").GetRawText());

    public Task ExecuteAsync(string sql, params object[] values) => Portal.Database.ExecuteAsync(sql, values);

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => Portal.Database.ScalarAsync<T>(sql, values);

    [GeneratedRegex("/(?:reset|confirm-email)/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
