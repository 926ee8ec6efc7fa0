using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>The rows of World.sql in a database of their own, asked in SQL as the host's roles. Every statement is rolled back, so tests do not meet.</summary>
public sealed class World : IAsyncLifetime
{
    private const string Tables = "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'platform', 'quartz', 'hangfire') order by 1";

    private readonly PortalFixture? _server;
    private readonly Dictionary<string, NpgsqlConnection> _connections = [];
    private TestDatabase? _database;

    public World() => _server = new PortalFixture();

    /// <summary>A world in a database that is there already: a copy of another's, with something about it changed.</summary>
    internal World(TestDatabase database) => _database = database;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("Not started.");

    /// <summary>Every table of the product but the list of migrations and the clockwork, which is portal_job's own and holds nobody's data.</summary>
    public Task<List<string>> TablesAsync() => ListAsync(Tables);

    public static async Task<TestDatabase> CreateDatabaseAsync(PortalFixture server)
    {
        var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "tests", "Isolation.Tests", "World", "World.sql")));
        return database;
    }

    public async Task InitializeAsync()
    {
        if (_server is not null)
        {
            await _server.InitializeAsync();
            _database = await CreateDatabaseAsync(_server);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var connection in _connections.Values)
        {
            await connection.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Runs statements in one transaction, which is rolled back, and gives the last one's first value, or how many rows it changed.</summary>
    /// <param name="role">Contact, Staff, Auth, Job, or Superuser.</param>
    /// <param name="person">Whose session; null for none. World.sql names the sessions.</param>
    /// <param name="contact">Which contact is meant.</param>
    /// <param name="statements">The statements.</param>
    public async Task<object?> RunAsync(string role, string? person, string? contact, params string[] statements)
    {
        var connection = await ConnectAsync(role);
        await using var transaction = await connection.BeginTransactionAsync();
        var token = person is null ? "" : person.Contains("token of", StringComparison.Ordinal) ? person : $"token of {person}";
        // Roles without a context of their own may still set what they like: it must open nothing.
        await using (var context = new NpgsqlCommand(role is "Auth" or "Job" ? $"set local portal.token = '{token}'" : "select ctx.ask($1, coalesce(md5('contact ' || $2)::uuid::text, ''))", connection))
        {
            if (role is not ("Auth" or "Job"))
            {
                context.Parameters.Add(new NpgsqlParameter<string> { TypedValue = token });
                context.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = contact });
            }

            await context.ExecuteNonQueryAsync();
        }

        object? last = null;
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await using var reader = await command.ExecuteReaderAsync();
            last = reader.FieldCount == 0 ? (long)reader.RecordsAffected : await reader.ReadAsync() && !await reader.IsDBNullAsync(0) ? reader.GetValue(0) : null;
            while (await reader.NextResultAsync())
            {
                // to the end, so that every error shows
            }
        }

        return last;
    }

    /// <summary>How many rows; null when the role may not ask.</summary>
    public async Task<long?> CountAsync(string role, string? person, string? contact, string statement)
    {
        try
        {
            return Convert.ToInt64(await RunAsync(role, person, contact, statement) ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    public async Task<List<string>> ListAsync(string sql)
    {
        var list = await RunAsync("Superuser", null, null, $"select array_agg(x.t) from ({sql}) x (t)");
        return [.. (string[])(list ?? Array.Empty<string>())];
    }

    private async Task<NpgsqlConnection> ConnectAsync(string role)
    {
        if (!_connections.TryGetValue(role, out var connection))
        {
            var settings = new NpgsqlConnectionStringBuilder(role == "Superuser" ? Database.Superuser : Database.ConnectionStrings[role]) { Pooling = false };
            connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            _connections.Add(role, connection);
        }

        return connection;
    }
}

[CollectionDefinition(nameof(World))]
public sealed class WorldCollection : ICollectionFixture<World>;
