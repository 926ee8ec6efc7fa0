using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>This host's hold on the embedded PostgreSQL server. Hosts with the same data folder share one server: the first starts it, the last one out stops it, and one that survived a killed host is used again.</summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private readonly string dataFolder;
    private readonly PostgresBinaries binaries;
    private readonly IDisposable share;

    private LocalPostgres(string dataFolder, PostgresBinaries binaries, IDisposable share)
    {
        this.dataFolder = dataFolder;
        this.binaries = binaries;
        this.share = share;
    }

    /// <summary>The server's secrets.</summary>
    public required LocalSecrets Secrets { get; init; }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public required int Port { get; init; }

    private static string ClusterOf(string dataFolder) => Path.Combine(dataFolder, "postgres");

    /// <summary>Starts the server of a prepared data folder, or joins the one that runs.</summary>
    /// <exception cref="FatalException">There is no PostgreSQL, or it does not start.</exception>
    public static async Task<LocalPostgres> StartAsync(string dataFolder, string? configuredBinaries, CancellationToken cancellationToken)
    {
        using var turn = await FolderLock.TakeAsync(dataFolder, cancellationToken);
        var secrets = LocalSecrets.ReadOrMake(dataFolder);
        var cluster = ClusterOf(dataFolder);
        var version = Path.Combine(cluster, "PG_VERSION");
        var major = File.Exists(version) ? int.Parse(File.ReadAllText(version), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) : (int?)null;
        var binaries = await PostgresBinaries.FindAsync(configuredBinaries, dataFolder, major, cancellationToken);
        if (major is null)
        {
            await ClusterSetup.InitialiseAsync(binaries, dataFolder, cluster, secrets, cancellationToken);
        }

        var share = FolderLock.Share(dataFolder);
        try
        {
            var port = await RunningPortAsync(binaries, cluster, cancellationToken) ?? await StartServerAsync(binaries, cluster, cancellationToken);
            var server = new LocalPostgres(dataFolder, binaries, share) { Secrets = secrets, Port = port };
            await ClusterSetup.PreparePortalAsync(server, cancellationToken);
            return server;
        }
        catch
        {
            share.Dispose();
            await StopUnusedAsync(binaries, dataFolder);
            throw;
        }
    }

    /// <summary>The connection of a login role to a database of this server.</summary>
    public string ConnectionString(string login, string database = ClusterSetup.Database) =>
        Connection(ConnectionSettings.RoleOf(login), Secrets.Roles[login], database);

    /// <summary>The superuser's connection, for setting up databases only.</summary>
    public string SuperuserConnectionString(string database) => Connection(ClusterSetup.Superuser, Secrets.Superuser, database) + ";Pooling=false";

    // The socket file costs a host about a tenth less processor time than TCP. A server that an older host started has none.
    private string Address => File.Exists(Path.Combine(ClusterOf(dataFolder), $".s.PGSQL.{Port}")) ? ClusterOf(dataFolder) : IPAddress.Loopback.ToString();

    private string Connection(string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder { Host = Address, Port = Port, Username = user, Password = password, Database = database }.ConnectionString;

    private static async Task<int?> RunningPortAsync(PostgresBinaries binaries, string cluster, CancellationToken cancellationToken)
    {
        if ((await Unprivileged.RunAsync(binaries.PathOf("pg_ctl"), ["status", "-D", cluster], cancellationToken)).ExitCode != 0)
        {
            return null;
        }

        // The fourth line of postmaster.pid is the port (PostgreSQL's documentation, storage layout).
        var lines = await File.ReadAllLinesAsync(Path.Combine(cluster, "postmaster.pid"), cancellationToken);
        var port = int.Parse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture);
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return port;
        }
        catch (SocketException)
        {
            throw new FatalException($"{Path.Combine(cluster, "postmaster.pid")} names process {lines[0]} and port {port}, but no PostgreSQL answers there: if that process is not PostgreSQL, delete the file.");
        }
    }

    private static async Task<int> StartServerAsync(PostgresBinaries binaries, string cluster, CancellationToken cancellationToken)
    {
        var log = Path.Combine(cluster, "server.log");
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            // pg_ctl puts the server into a session of its own: Ctrl+C reaches the host alone, which then stops it in order.
            // Not cancellable once begun: a server that starts after its host gave up would be left behind.
            var result = await Unprivileged.RunAsync(binaries.PathOf("pg_ctl"), ["start", "-D", cluster, "-w", "-t", "60", "-s", "-l", log, "-o", Options(cluster, port)], CancellationToken.None);
            if (result.ExitCode == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return port;
            }

            if (attempt == 3)
            {
                throw new FatalException($"PostgreSQL did not start: {LastLine(log) ?? result.LastLine} (see {log})");
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Given at each start rather than written once, so that a newer host's settings apply to an older cluster.
    // Durability stays as it is by default; statements and parameters are kept out of the log, for they hold secrets.
    internal static string Options(string cluster, int port) => string.Join(' ',
        $"-p {port}",
        "-c listen_addresses=127.0.0.1",
        $"-c unix_socket_directories={(MayHoldASocket(cluster) ? cluster : "")}",
        "-c max_connections=200",
        "-c timezone=UTC",
        "-c log_timezone=UTC",
        "-c log_statement=none",
        "-c log_min_error_statement=panic",
        "-c log_parameter_max_length=0",
        "-c log_parameter_max_length_on_error=0");

    // A socket's path is at most 103 bytes on macOS and 107 on Linux, its file's name 15 of them; the option passes through a shell and a list.
    private static bool MayHoldASocket(string cluster) => !OperatingSystem.IsWindows() && cluster.Length <= 87 && cluster.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_');

    private static string? LastLine(string log) => File.Exists(log)
        ? File.ReadLines(log).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("ERROR", StringComparison.Ordinal))
        : null;

    private static async Task StopUnusedAsync(PostgresBinaries binaries, string dataFolder)
    {
        if (FolderLock.NobodyShares(dataFolder))
        {
            await Unprivileged.RunAsync(binaries.PathOf("pg_ctl"), ["stop", "-D", ClusterOf(dataFolder), "-m", "fast", "-w", "-t", "60", "-s"], CancellationToken.None);
        }
    }

    /// <summary>Lets go of the server, and stops it when no other host holds on.</summary>
    public async ValueTask DisposeAsync()
    {
        using var turn = await FolderLock.TakeAsync(dataFolder, CancellationToken.None);
        share.Dispose();
        await StopUnusedAsync(binaries, dataFolder);
    }
}
