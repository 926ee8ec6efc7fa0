using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>A contact of the demo data, with a session of theirs when they can have one.</summary>
public sealed record Somebody(Guid ContactId, string ClientNumber, string Name, string Email, string Secret);

/// <summary>
/// The demo data, every contact who may be onboarded onboarded, and a session for each. One is shared by the tests of this
/// assembly, which only read it; a test that changes it makes one of its own.
/// </summary>
public sealed class OnboardedPortal : IAsyncLifetime
{
    private readonly PortalFixture _fixture;
    private readonly bool _isShared;
    private TestPortal? _portal;
    private Records? _records;

    public OnboardedPortal()
        : this(new PortalFixture()) => _isShared = true;

    internal OnboardedPortal(PortalFixture started) => _fixture = started;

    public TestPortal Portal => _portal ?? throw new InvalidOperationException("The fixture is not started.");

    public PortalFixture Fixture => _fixture;

    public IReadOnlyList<Somebody> Contacts { get; private set; } = [];

    internal Folder Folder { get; } = Folder.Read();

    internal Records Records => _records ?? throw new InvalidOperationException("The fixture is not started.");

    /// <summary>The clients' ids in the API, by number.</summary>
    public IReadOnlyDictionary<string, string> ClientIds { get; private set; } = new Dictionary<string, string>();

    public string Staff { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (_isShared)
        {
            await _fixture.InitializeAsync();
        }

        var database = await _fixture.CreateDatabaseAsync();
        _portal = await _fixture.StartPortalAsync(database,
            ("Portal:Demo", "true"), ("ConnectionStrings:Migrator", database.ConnectionStrings["Migrator"]),
            ("Portal:FirstStaff:Email", "staff@example.com"), ("Portal:FirstStaff:Password", "a password for tests"), ("Portal:FirstStaff:Name", "Test Staff"));
        Contacts = await OnboardEverybodyAsync(database);
        _records = await Records.LoadAsync(database.Superuser);
        var signedIn = await _portal.AskAsync("mutation { signIn(input: { email: \"staff@example.com\", password: \"a password for tests\" }) { token } }");
        Staff = signedIn.GetProperty("data").GetProperty("signIn").GetProperty("token").GetString()!; // a wrong password would be a broken test
        ClientIds = await ClientIdsAsync();
    }

    public async Task DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        if (_isShared)
        {
            await _fixture.DisposeAsync();
        }
    }

    /// <summary>The data of an answer without errors.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables, string? session)
    {
        var answer = await Portal.AskAsync(query, variables, session);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    private async Task<Dictionary<string, string>> ClientIdsAsync()
    {
        var ids = new Dictionary<string, string>();
        string? after = null;
        do
        {
            var page = (await DataAsync("query($after: String) { clients(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { id number } } }", new { after }, Staff)).GetProperty("clients");
            foreach (var client in page.GetProperty("nodes").EnumerateArray())
            {
                ids.Add(client.GetProperty("number").GetString()!, client.GetProperty("id").GetString()!); // neither is ever null
            }

            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return ids;
    }

    // As the superuser: one person an address, and what an accepted invitation leaves behind.
    private static async Task<IReadOnlyList<Somebody>> OnboardEverybodyAsync(TestDatabase database)
    {
        await database.ExecuteAsync("""
            insert into accounts.person (id, member_type, name, email, email_key, password_hash)
            select distinct on (c.sign_in_key) gen_random_uuid(), 'CLIENT', c.name, c.email, c.sign_in_key, 'none'
            from clients.contact c join clients.client k on k.id = c.client_id where c.email is not null and not k.internal;
            insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at)
            select c.id, c.client_id, 'ONBOARDED', p.id, now()
            from clients.contact c join clients.client k on k.id = c.client_id join accounts.person p on p.email_key = c.sign_in_key where not k.internal;
            """);
        var contacts = new List<Somebody>();
        await using var source = NpgsqlDataSource.Create(database.Superuser);
        await using (var command = source.CreateCommand("""
            select c.id, k.number, c.name, c.email, i.person_id from clients.contact c join clients.client k on k.id = c.client_id
            join invitations.invitation i on i.contact_id = c.id order by k.number, c.name, c.id
            """))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            await using var connection = await source.OpenConnectionAsync();
            while (await reader.ReadAsync())
            {
                var secret = RandomNumberGenerator.GetBytes(32);
                contacts.Add(new Somebody(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Base64Url.EncodeToString(secret)));
                await OpenSessionAsync(connection, reader.GetGuid(4), secret);
            }
        }

        return contacts;
    }

    /// <summary>What a sign-in stores, for a secret of the test's choosing.</summary>
    public static async Task OpenSessionAsync(NpgsqlConnection connection, Guid personId, byte[] secret)
    {
        await using var command = new NpgsqlCommand("""
            insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
            values (gen_random_uuid(), $1, $2, '1 day', now() + interval '1 day', now() + interval '1 day')
            """, connection);
        command.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes(TokenOf(secret))));
        command.Parameters.AddWithValue(personId);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What reaches the database of a secret.</summary>
    public static string TokenOf(byte[] secret) => Convert.ToHexStringLower(SHA256.HashData([.. "db"u8, .. secret]));
}

[CollectionDefinition(nameof(OnboardedPortal))]
public sealed class OnboardedPortalCollection : ICollectionFixture<OnboardedPortal>;
