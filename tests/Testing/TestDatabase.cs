using ClientPortal.Platform.Asking;
using Npgsql;

namespace ClientPortal.Testing;

/// <summary>A migrated, otherwise empty database of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ConnectionStrings">The login roles' connection strings: Contact, Staff, Auth, Job and Migrator.</param>
/// <param name="Superuser">The superuser's, for setting up what no role may, and for breaking things.</param>
public sealed record TestDatabase(string Name, IReadOnlyDictionary<string, string> ConnectionStrings, string Superuser)
{
    /// <summary>Runs SQL as the superuser: one statement with values for $1, $2 …, or several without.</summary>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await OpenAsync(Superuser);
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of a statement's first row, as the superuser.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var connection = await OpenAsync(Superuser);
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("There is no row."));
    }

    /// <summary>Runs SQL as the superuser in the cluster's own database, for what cannot be done from within this one.</summary>
    public async Task ExecuteFromOutsideAsync(string sql)
    {
        await using var connection = await OpenAsync(new NpgsqlConnectionStringBuilder(Superuser) { Database = "postgres" }.ConnectionString);
        await using var command = Command(connection, sql, []);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a statement as the superuser and keeps its transaction, with what it locked, until it is committed or disposed of.</summary>
    public async Task<HeldTransaction> HoldAsync(string sql, params object[] values)
    {
        var held = new HeldTransaction(await OpenAsync(Superuser));
        await held.ExecuteAsync("begin");
        await held.ExecuteAsync(sql, values);
        return held;
    }

    /// <summary>How many statements of a role wait for a lock in this database at this moment.</summary>
    /// <param name="role">A role of PostgreSQL, e.g. <c>portal_staff</c>.</param>
    public Task<long> WaitingAsync(string role) =>
        ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and usename = $1 and wait_event_type = 'Lock'", role);

    /// <summary>Adds a person with an address of their own, who is signed in by <see cref="SessionAsync"/> alone unless a password's hash is given.</summary>
    /// <param name="memberType"><c>STAFF</c> or <c>CLIENT</c>.</param>
    /// <param name="name">Their name.</param>
    /// <param name="passwordHash">As the host hashes passwords.</param>
    /// <param name="permissions">What a member of staff may do.</param>
    public async Task<(Guid Id, string Email)> PersonAsync(string memberType, string name, string passwordHash = "", params string[] permissions)
    {
        var id = Guid.CreateVersion7();
        var email = $"p{Guid.NewGuid():N}@example.com";
        await ExecuteAsync("insert into accounts.person (id, member_type, name, email, email_key, password_hash) values ($1, $2, $3, $4, $4, $5)", id, memberType, name, email, passwordHash);
        await ExecuteAsync("insert into accounts.staff_permission select $1, unnest($2)", id, permissions);
        return (id, email);
    }

    /// <summary>Adds a member of staff; a session of theirs.</summary>
    public async Task<string> StaffAsync(params string[] permissions) => await SessionAsync((await PersonAsync("STAFF", "Stella Staff", permissions: permissions)).Id);

    /// <summary>What a sign-in stores; the session's secret.</summary>
    public async Task<string> SessionAsync(Guid personId)
    {
        var secret = SessionSecret.Create();
        await ExecuteAsync("insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at) values ($1, sha256(convert_to($2, 'UTF8')), $3, '1 day', now() + interval '1 day', now() + interval '1 day')",
            Guid.CreateVersion7(), secret.Token, personId);
        return secret.Text;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
#pragma warning disable CA2100 // the tests' own text
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
