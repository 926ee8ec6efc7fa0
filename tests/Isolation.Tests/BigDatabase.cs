using System.Text.Json;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>
/// The database of <c>benchmarks/big.sql</c>, small enough for seconds and big enough that the planner decides as on a million
/// invoices: client 1 has 6,000 of 30,000 invoices and 40 contacts, whose levels that file describes.
/// </summary>
public sealed class BigDatabase : IAsyncLifetime
{
    private readonly PortalFixture _fixture = new();
    private TestDatabase? _database;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The fixture is not started.");

    /// <summary>The client with a fifth of everything.</summary>
    public Guid LargeClient { get; private set; }

    public async Task InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _database = await _fixture.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(_database.Superuser + ";Command Timeout=300");
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"""
            set big.clients = 150; set big.contacts = 640; set big.large_contacts = 40; set big.invoices = 30000; set big.tickets = 15000;
            {await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "benchmarks", "big.sql"))}
            """);
        await ExecuteAsync(connection, "vacuum analyze");
        LargeClient = await _database.ScalarAsync<Guid>("select id from clients.client where number = 'BIG-1'");
    }

    public Task DisposeAsync() => _fixture.DisposeAsync();

    /// <summary>Contact n of the file, 0 for staff, asks a statement within one transaction.</summary>
    public async Task<T> AskAsync<T>(int n, Func<NpgsqlConnection, Task<T>> ask)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionStrings[n == 0 ? "Staff" : "Contact"] + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = new NpgsqlCommand("select ctx.ask($1, $2)", connection)
        {
            Parameters = { new() { Value = n == 0 ? "staff" : $"contact-{n}" }, new() { Value = n == 0 ? "" : (await ContactAsync(n)).ToString() } },
        };
        await context.ExecuteNonQueryAsync();
        return await ask(connection);
    }

    /// <summary>Contact n's id.</summary>
    public Task<Guid> ContactAsync(int n) => Database.ScalarAsync<Guid>("select id from clients.contact where email = $1", $"{n}@big.example");

    /// <summary>How a statement with the large client's id as $1 was run for contact n (0: staff): by the plan for any client, or by one for this client.</summary>
    public async Task<Plan> PlanAsync(int n, string sql, bool forAnyClient) => await AskAsync(n, async connection =>
    {
        await ExecuteAsync(connection, $"set local plan_cache_mode = force_{(forAnyClient ? "generic" : "custom")}_plan");
        await ExecuteAsync(connection, $"prepare asked (uuid) as {sql}");
        await using var explain = new NpgsqlCommand($"explain (analyze, timing off, format json) execute asked ('{LargeClient}')", connection);
        return new Plan(JsonDocument.Parse((string)(await explain.ExecuteScalarAsync())!).RootElement[0].GetProperty("Plan")); // explain always answers
    });

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // the tests' own text
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition(nameof(BigDatabase))]
public sealed class BigDatabaseCollection : ICollectionFixture<BigDatabase>;
