using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Testing;

namespace ClientPortal.Clients.Tests;

[CollectionDefinition(nameof(Scene))]
public sealed class SceneCollection : ICollectionFixture<Scene>;

/// <summary>A contact of a client.</summary>
public sealed record TestContact(Guid Id, Guid ClientId)
{
    public string NodeId { get; } = GraphQL.NodeId.Encode("Contact", Id);

    public string ClientNodeId { get; } = GraphQL.NodeId.Encode("Client", ClientId);
}

/// <summary>One host for all tests; each test brings clients of its own, so they do not meet.</summary>
public sealed class Scene : IAsyncLifetime
{
    private readonly PortalFixture fixture = new();
    private TestPortal? portal;
    private int records;

    public TestPortal Portal => portal ?? throw new InvalidOperationException("Not started.");

    /// <summary>Staff who may change clients, and nothing else.</summary>
    public string Manager { get; private set; } = "";

    /// <summary>Staff with every other permission.</summary>
    public string OtherStaff { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await fixture.InitializeAsync();
        portal = await fixture.StartPortalAsync();
        Manager = await StaffAsync("CLIENTS_MANAGE");
        OtherStaff = await StaffAsync("CLIENTS_INVITE", "BILLING_MANAGE", "PROJECTS_MANAGE", "CALENDAR_MANAGE", "PORTAL_PREVIEW", "STAFF_MANAGE", "AUDIT_VIEW");
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await fixture.DisposeAsync();
    }

    public Task<string> StaffAsync(params string[] permissions) => Portal.Database.StaffAsync(permissions);

    public async Task<TestContact> ContactAsync(string name = "Carla Contact", string clientName = "Client Ltd", bool isInternal = false, Guid? ofClient = null)
    {
        var contact = new TestContact(Guid.CreateVersion7(), ofClient ?? Guid.CreateVersion7());
        if (ofClient is null)
        {
            await ExecuteAsync("insert into clients.client (id, number, name, internal, currency) values ($1, $2, $3, $4, 'EUR')", contact.ClientId, $"{contact.ClientId:N}", clientName, isInternal);
        }

        Assert.True(EmailAddress.TryParse($"c{contact.Id:N}@example.com", out var address));
        await ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values ($1, $2, $3, $4, $5, $6)",
            contact.Id, contact.ClientId, name, address.Text, address.RecipientKey, address.SignInKey);
        return contact;
    }

    /// <summary>What an accepted invitation and a sign-in leave behind; the session.</summary>
    public async Task<string> OnboardAsync(TestContact contact)
    {
        var (person, _) = await Portal.Database.PersonAsync("CLIENT", "Carla Contact");
        await ExecuteAsync("insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at) values ($1, $2, 'ONBOARDED', $3, now())", contact.Id, contact.ClientId, person);
        return await Portal.Database.SessionAsync(person);
    }

    /// <summary>A pending invitation as sending one leaves it, without the mail.</summary>
    public Task InviteAsync(TestContact contact, TimeSpan expiresIn) => ExecuteAsync("""
        insert into invitations.invitation (contact_id, client_id, status, detail, invitation_id, token_hash, email, expires_in, invited_at, expires_at)
        select id, client_id, 'INVITED', 'SENT', $3, sha256(convert_to($3::text, 'UTF8')), email, '7 days', now(), now() + $4 from clients.contact where id = $1 and client_id = $2
        """, contact.Id, contact.ClientId, Guid.CreateVersion7(), expiresIn);

    /// <summary>Records of the client: id in the API by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RecordsAsync(Guid client)
    {
        var ids = new Dictionary<string, string>();
        async Task<Guid> AddAsync(string name, string type, string sql, params object[] more)
        {
            var id = Guid.CreateVersion7();
            await ExecuteAsync(sql, [id, client, .. more]);
            ids.Add(name, NodeId.Encode(type, id));
            return id;
        }

        string Number() => $"N-{Interlocked.Increment(ref records)}";
        const string invoice = "insert into billing.invoice (id, client_id, number, status, issued_on, currency) values ($1, $2, $3, $4, '2026-01-01', 'EUR')";
        const string payment = "insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method) values ($1, $2, $3, $4, '2026-01-02', 100, 'Card')";
        const string ticket = "insert into projects.ticket (id, client_id, number, title, status, currency) values ($1, $2, $3, 'Ticket', $4, 'EUR')";
        const string calendar = "insert into calendar.event (id, client_id, kind, title, starts_at, ends_at, shared) values ($1, $2, 'MEETING', 'Meeting', now(), now(), $3)";
        var issued = await AddAsync("invoice", "Invoice", invoice, Number(), "ISSUED");
        var other = await AddAsync("otherInvoice", "Invoice", invoice, Number(), "ISSUED");
        await AddAsync("draft", "Invoice", invoice, Number(), "DRAFT");
        await AddAsync("payment", "Payment", payment, issued, Number());
        await AddAsync("otherPayment", "Payment", payment, other, Number());
        await AddAsync("ticket", "Ticket", ticket, Number(), "APPROVED");
        await AddAsync("submitted", "Ticket", ticket, Number(), "SUBMITTED");
        await AddAsync("project", "Project", "insert into projects.project (id, client_id, code, name, currency) values ($1, $2, $3, 'Project', 'EUR')", Number());
        await AddAsync("event", "Event", calendar, true);
        await AddAsync("ownEvent", "Event", calendar, false);
        return ids;
    }

    public Task AddressAsync(TestContact contact, string kind, string record) =>
        ExecuteAsync("insert into clients.addressee values ($1, $2, $3, $4)", contact.ClientId, contact.Id, kind, IdOf(record));

    public static Guid IdOf(string nodeId)
    {
        Assert.True(NodeId.TryParse(nodeId, out var id));
        return id.Value;
    }

    /// <summary>Asks and expects no error beside the data.</summary>
    public Task<JsonElement> AskAsync(string query, object? variables = null, string? session = null) => Portal.DataAsync(query, variables, session);

    /// <summary>One of the mutations; its payload.</summary>
    public async Task<JsonElement> ChangeAsync(string mutation, object input, string? session)
    {
        var fields = mutation.EndsWith("Client", StringComparison.Ordinal)
            ? "client { id number name status internal currency internalNote }"
            : "contact { id name email jobTitle client { id } access { kind visibility notify } invitation { status detail } }";
        var more = mutation switch
        {
            "createClient" => "... on ValidationError { field }",
            "updateClient" => "... on ValidationError { field } ... on InternalClientError { contacts { id name } }",
            "createContact" or "updateContact" or "setContactAccess" => "... on ValidationError { field }",
            _ => "",
        };
        var inputType = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        return (await AskAsync($$"""mutation ($input: {{inputType}}!) { {{mutation}}(input: $input) { {{fields}} errors { __typename ... on Error { code message } {{more}} } } }""", new { input }, session)).GetProperty(mutation);
    }

    /// <summary>The changed object of a change that must succeed.</summary>
    public async Task<JsonElement> ChangedAsync(string mutation, object input)
    {
        var payload = await ChangeAsync(mutation, input, Manager);
        Assert.Equal("null", payload.GetProperty("errors").GetRawText());
        return payload.GetProperty(mutation.EndsWith("Client", StringComparison.Ordinal) ? "client" : "contact");
    }

    public static string CodeOf(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString()!; // a code is never null

    /// <summary>Which of the ids this session gets: none when it has ended, with its last access perhaps.</summary>
    public async Task<IReadOnlySet<string>> VisibleAsync(IEnumerable<string> ids, string? session)
    {
        var answer = await Portal.AskAsync("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids }, session);
        return IsUnauthenticated(answer) ? new HashSet<string>() : answer.GetProperty("data").GetProperty("nodes").EnumerateArray()
            .Where(n => n.ValueKind != JsonValueKind.Null).Select(n => n.GetProperty("id").GetString()!).ToHashSet(); // an id is never null
    }

    public static bool IsUnauthenticated(JsonElement answer) =>
        answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == "UNAUTHENTICATED";

    public Task ExecuteAsync(string sql, params object[] values) => Portal.Database.ExecuteAsync(sql, values);

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => Portal.Database.ScalarAsync<T>(sql, values);
}
