using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;
using Npgsql;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>What a superuser does: makes the cluster, the portal's database and its roles. Everything after this is the migrator's.</summary>
internal static class ClusterSetup
{
    public const string Superuser = "postgres";
    public const string Database = "portal";

    public static async Task InitialiseAsync(PostgresBinaries binaries, string dataFolder, string cluster, LocalSecrets secrets, CancellationToken cancellationToken)
    {
        // Made beside and renamed: a host that is killed here leaves no half cluster.
        var draft = Path.Combine(dataFolder, "postgres.new");
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft);
        await Unprivileged.OwnAsync(draft, cancellationToken);
        var password = Path.Combine(dataFolder, "initdb.password");
        try
        {
            await WritePasswordAsync(password, secrets.Superuser, cancellationToken);
            var result = await Unprivileged.RunAsync(
                binaries.PathOf("initdb"),
                ["-D", Path.Combine(draft, "data"), "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale", OperatingSystem.IsLinux() ? "C.UTF-8" : "C"],
                cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new FatalException($"PostgreSQL's initdb failed in {draft}: {result.LastLine}");
            }

            Directory.Move(Path.Combine(draft, "data"), cluster);
            Directory.Delete(draft);
        }
        finally
        {
            File.Delete(password);
        }
    }

    private static async Task WritePasswordAsync(string path, string password, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(path, options))
        {
            await writer.WriteAsync(password.AsMemory(), cancellationToken);
        }

        await Unprivileged.OwnAsync(path, cancellationToken);
    }

    /// <summary>Makes the database and the roles, and gives the roles their passwords. All of it may be repeated.</summary>
    public static async Task PreparePortalAsync(LocalPostgres server, CancellationToken cancellationToken)
    {
        await using (var connection = await OpenAsync(server, "postgres", cancellationToken))
        {
            await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = 'portal')", connection);
            if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            {
                await using var create = new NpgsqlCommand("create database portal", connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        await using (var connection = await OpenAsync(server, Database, cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var passwords = ConnectionSettings.Logins.Select(login => $"alter role {ConnectionSettings.RoleOf(login)} password '{server.Secrets.Roles[login]}';");
#pragma warning disable CA2100 // this build's own script; the passwords are hexadecimal digits
            await using var roles = new NpgsqlCommand(string.Join('\n', passwords.Prepend(MigrationSet.RolesScript)), connection);
#pragma warning restore CA2100
            await roles.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(LocalPostgres server, string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(server.SuperuserConnectionString(database));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (NpgsqlException exception)
        {
            await connection.DisposeAsync();
            throw new FatalException($"The embedded PostgreSQL on port {server.Port} does not let the host in: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
