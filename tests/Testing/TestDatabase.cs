using Npgsql;

namespace ClientPortal.Testing;

/// <summary>A migrated, otherwise empty database of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ConnectionStrings">The login roles' connection strings: Contact, Staff, Auth, Job and Migrator.</param>
/// <param name="Superuser">The superuser's, for setting up what no role may, and for breaking things.</param>
public sealed record TestDatabase(string Name, IReadOnlyDictionary<string, string> ConnectionStrings, string Superuser)
{
    /// <summary>Runs SQL as the superuser.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(Superuser, sql);

    /// <summary>Runs SQL as the superuser in the cluster's own database, for what cannot be done from within this one.</summary>
    public Task ExecuteFromOutsideAsync(string sql) =>
        ExecuteAsync(new NpgsqlConnectionStringBuilder(Superuser) { Database = "postgres" }.ConnectionString, sql);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // the tests' own text
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
