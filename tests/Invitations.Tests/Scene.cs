using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

[CollectionDefinition(nameof(Scene))]
public sealed class SceneCollection : ICollectionFixture<Scene>;

/// <summary>A contact of a client of its own.</summary>
public sealed record TestContact(Guid Id, Guid ClientId, string? Email)
{
    public string NodeId { get; } = GraphQL.NodeId.Encode("Contact", Id);

    public string Key => EmailAddress.TryParse(Email, out var address) ? address.RecipientKey : "";
}

/// <summary>One host for all tests; each test brings contacts of its own, so they do not meet.</summary>
public sealed partial class Scene : IAsyncLifetime
{
    public const string Password = "four unrelated words here";

    private readonly PortalFixture fixture = new();
    private TestPortal? portal;

    public TestPortal Portal => portal ?? throw new InvalidOperationException("Not started.");

    public SmtpSink Mail => fixture.Mail;

    public PortalFixture Fixture => fixture;

    /// <summary>Where the development mailbox is.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("clientportal-invitations-").FullName;

    /// <summary>Staff who may invite.</summary>
    public string Inviter { get; private set; } = "";

    /// <summary>Staff with every other permission.</summary>
    public string OtherStaff { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await fixture.InitializeAsync();
        portal = await fixture.StartPortalAsync(("Portal:Organisation", "Northwind & Söhne"), ("Portal:DataFolder", DataFolder));
        Inviter = await StaffAsync("CLIENTS_INVITE");
        OtherStaff = await StaffAsync("CLIENTS_MANAGE", "BILLING_MANAGE", "PROJECTS_MANAGE", "CALENDAR_MANAGE", "PORTAL_PREVIEW", "STAFF_MANAGE", "AUDIT_VIEW");
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await fixture.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    public async Task<string> StaffAsync(params string[] permissions) =>
        await Portal.Database.SessionAsync((await Portal.Database.PersonAsync("STAFF", "Ida Inviter", permissions: permissions)).Id);

    public Task<TestContact> ContactAsync(string name = "Carla Contact", string clientName = "Client Ltd", bool isInternal = false, string clientStatus = "ACTIVE") =>
        ContactAtAsync($"c{Guid.NewGuid():N}@example.com", name, clientName, isInternal, clientStatus);

    public async Task<TestContact> ContactAtAsync(string? email, string name = "Carla Contact", string clientName = "Client Ltd", bool isInternal = false, string clientStatus = "ACTIVE")
    {
        var contact = new TestContact(Guid.CreateVersion7(), Guid.CreateVersion7(), email);
        EmailAddress? address = null;
        Assert.True(email is null || EmailAddress.TryParse(email, out address));
        await ExecuteAsync("insert into clients.client (id, number, name, status, internal, currency) values ($1, $2, $3, $4, $5, 'EUR')", contact.ClientId, $"{contact.ClientId:N}", clientName, clientStatus, isInternal);
        await ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values ($1, $2, $3, $4, $5, $6)",
            contact.Id, contact.ClientId, name, (object?)email ?? DBNull.Value, (object?)address?.RecipientKey ?? DBNull.Value, (object?)address?.SignInKey ?? DBNull.Value);
        return contact;
    }

    /// <summary>Asks and expects no error beside the data.</summary>
    public Task<JsonElement> AskAsync(string query, object? variables = null, string? session = null) => Portal.DataAsync(query, variables, session);

    /// <summary>One of the mutations about a contact; the payload, with the first error's fields.</summary>
    public async Task<JsonElement> ChangeAsync(string mutation, TestContact contact, string? session, int? expiresInDays = null) => await ChangeAsync(mutation, contact.NodeId, session, expiresInDays);

    public async Task<JsonElement> ChangeAsync(string mutation, string contactId, string? session, int? expiresInDays = null)
    {
        object input = expiresInDays is null ? new { contactId } : new { contactId, expiresInDays };
        var inputType = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var invites = mutation is "inviteContact" or "resendInvitation" ? "... on ThrottledError { retryAt limit } ... on InvitationNotAllowedError { reason }" : "";
        var validates = mutation is "inviteContact" ? "... on ValidationError { field }" : "";
        var data = await AskAsync(
            $$"""mutation ($input: {{inputType}}!) { {{mutation}}(input: $input) { contact { id invitation { status detail } } errors { __typename ... on Error { code message } {{invites}} {{validates}} } } }""",
            new { input }, session);
        return data.GetProperty(mutation);
    }

    /// <summary>Invites, and waits for the mail to arrive and to be written down as sent.</summary>
    public async Task<string> InviteAsync(TestContact contact)
    {
        var before = Mail.Mails.Count(m => m.To.Contains(contact.Email));
        var payload = await ChangeAsync("inviteContact", contact, Inviter);
        Assert.Equal("null", payload.GetProperty("errors").GetRawText());
        return await TokenOfNewestMailAsync(contact, before + 1);
    }

    public async Task<string> TokenOfNewestMailAsync(TestContact contact, int mails)
    {
        await EventuallyAsync(async () => Mail.Mails.Count(m => m.To.Contains(contact.Email)) >= mails
            && await ScalarAsync<bool>("select not exists (select from mail.outbox where to_address = $1 and state in ('QUEUED', 'SENDING'))", contact.Email!));
        return TokenOf(Mail.Mails.Last(m => m.To.Contains(contact.Email)));
    }

    public static string TokenOf(ReceivedMail mail) => Link().Match(mail.Text).Groups[1].Value;

    public async Task<JsonElement> AcceptAsync(string token, string password = Password, string? name = null, string? session = null) => (await AskAsync(
        """
        mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
          viewer { name email memberType memberships { clientName } } membership { clientId clientName contact { id } } token
          errors { __typename ... on Error { code message } ... on InvitationLinkError { state } ... on InvalidCredentialsError { retryAt } ... on ValidationError { field } } } }
        """, new { input = new { token, name, password } }, session)).GetProperty("acceptInvitation");

    /// <summary>Invites and accepts; the contact's session.</summary>
    public async Task<string> OnboardAsync(TestContact contact)
    {
        var payload = await AcceptAsync(await InviteAsync(contact));
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
        return payload.GetProperty("token").GetString()!;
    }

    public async Task<string> StateOfLinkAsync(string token) =>
        (await AskAsync("query ($token: String!) { invitation(token: $token) { state } }", new { token })).GetProperty("invitation").GetProperty("state").GetString()!;

    public static string CodeOf(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString()!;

    /// <summary>Lets time pass for a mailbox: its ledger and what waits for it move into the past, oldest first so that the constraints hold all along.</summary>
    public async Task PassAsync(TestContact contact, TimeSpan time)
    {
        foreach (var id in await ScalarAsync<long[]>("select coalesce(array_agg(id order by reserved_at), '{}') from mail.attempt where recipient_key = $1", contact.Key))
        {
            await ExecuteAsync("update mail.attempt set reserved_at = reserved_at - $2, lease_until = lease_until - $2, finished_at = finished_at - $2 where id = $1", id, time);
        }

        await ExecuteAsync("update mail.outbox set not_before = not_before - $2 where recipient_key = $1 and state = 'QUEUED'", contact.Key, time);
        await ExecuteAsync("notify outbox"); // the senders sleep until the time that they were told
    }

    public static Task EventuallyAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(condition);

    public Task ExecuteAsync(string sql, params object[] values) => Portal.Database.ExecuteAsync(sql, values);

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => Portal.Database.ScalarAsync<T>(sql, values);

    [GeneratedRegex("/invitation/([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
