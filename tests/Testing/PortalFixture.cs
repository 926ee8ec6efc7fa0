using System.Diagnostics;
using System.Net;
using ClientPortal.GraphQL;
using ClientPortal.Host;
using ClientPortal.Host.EmbeddedPostgres;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace ClientPortal.Testing;

/// <summary>
/// One PostgreSQL and one SMTP server for the tests of an assembly, and any number of databases and hosts on them.
/// Used as a collection fixture: <c>[CollectionDefinition(nameof(PortalFixture))] public sealed class PortalCollection : ICollectionFixture&lt;PortalFixture&gt;;</c>
/// </summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private const string FolderPrefix = "clientportal-tests-";

    // What a host gives up after seconds takes longer on a busy machine, and then is slow, not broken. Less than Npgsql waits for a statement; tests of these limits set their own.
    private static readonly string[] Patience = ["statement_timeout = '25s'", "lock_timeout = '25s'", "idle_in_transaction_session_timeout = '25s'"];

    private static readonly SemaphoreSlim OneAtATime = new(1); // setting up roles twice at once fails
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
    private LocalPostgres? postgres;
    private SmtpSink? mail;
    private SecretWatch? secrets;
    private int databases;

    /// <summary>The mail server of all hosts.</summary>
    public SmtpSink Mail => mail ?? throw new InvalidOperationException("The fixture is not started.");

    /// <summary>What the hosts must not tell, and what they log.</summary>
    public SecretWatch Secrets => secrets ?? throw new InvalidOperationException("The fixture is not started.");

    /// <summary>Where PostgreSQL keeps its data, its write-ahead log and its own log, <c>server.log</c>.</summary>
    public string Cluster => Path.Combine(folder, "postgres");

    /// <summary>Where PostgreSQL writes its log.</summary>
    public string ServerLog => Path.Combine(Cluster, "server.log");

    private LocalPostgres Postgres => postgres ?? throw new InvalidOperationException("The fixture is not started.");

    /// <summary>Starts both servers and migrates the database that all others are copied from.</summary>
    public async Task InitializeAsync()
    {
        await SweepAsync();
        DataFolder.Prepare(folder);
        secrets = SecretWatch.Start(Path.Combine(folder, "hosts.log"));
        postgres = await LocalPostgres.StartAsync(folder, configuredBinaries: null, CancellationToken.None);
        await Migrator.MigrateAsync(new NpgsqlConnectionStringBuilder(postgres.ConnectionString(ConnectionSettings.Migrator)), MigrationSet.Of(Modules.All), CancellationToken.None);
        mail = await SmtpSink.StartAsync();
    }

    // A test run that was killed leaves its server behind: joining it and leaving again stops it.
    private static async Task SweepAsync()
    {
        using var turn = TakeTurn();
        if (turn is null)
        {
            return; // another test assembly is sweeping
        }

        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var owner = Path.GetFileName(left)[FolderPrefix.Length..].Split('-')[0];
            if (File.Exists(Path.Combine(left, "postgres", "PG_VERSION")) && Process.GetProcesses().All(process => process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) != owner))
            {
                try
                {
                    await (await LocalPostgres.StartAsync(left, configuredBinaries: null, CancellationToken.None)).DisposeAsync();
                    Directory.Delete(left, recursive: true);
                }
                catch (Exception e) when (e is FatalException or NpgsqlException or IOException or UnauthorizedAccessException)
                {
                    // What was left behind cannot be started any more, so there is nothing to stop; the next tests must not fail for it.
                }
            }
        }
    }

    private static FileStream? TakeTurn()
    {
        try
        {
            return new FileStream(Path.Combine(Path.GetTempPath(), FolderPrefix + "sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Makes a database: a copy of the migrated one, which takes a fraction of migrating anew.</summary>
    /// <param name="like">A database to copy instead; nobody may be connected to it.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(TestDatabase? like = null)
    {
        await OneAtATime.WaitAsync();
        try
        {
            var name = $"portal_{++databases}";
            var database = new TestDatabase(name, ConnectionSettings.Logins.ToDictionary(login => login, login => Postgres.ConnectionString(login, name) + ";Timeout=60"), Postgres.SuperuserConnectionString(name) + ";Command Timeout=120");
            await database.ExecuteFromOutsideAsync($"create database {name} template {like?.Name ?? ClusterSetup.Database}");
            await database.ExecuteAsync(MigrationSet.RolesScript); // who may connect is not copied
            await database.ExecuteAsync(string.Join(' ', Enum.GetNames<DbRole>().SelectMany(role => Patience.Select(setting => $"alter role {ConnectionSettings.RoleOf(role)} in database {name} set {setting};"))));
            return database;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Starts a host on a new database.</summary>
    /// <param name="settings">Settings that win over the fixture's, e.g. <c>("Portal:Demo", "true")</c>; <c>environment</c> is Development unless given.</param>
    public async Task<TestPortal> StartPortalAsync(params (string Key, string? Value)[] settings) =>
        await StartPortalAsync(await CreateDatabaseAsync(), settings);

    /// <summary>Starts a host on a database, which it may share with others.</summary>
    public Task<TestPortal> StartPortalAsync(TestDatabase database, params (string Key, string? Value)[] settings) => StartPortalAsync(database, TimeProvider.System, settings);

    // As above, for what an answer may take and for sockets whose test does not answer pings meanwhile.
    private static void BePatient(GraphQLOptions options) =>
        options.ExecutionTimeout = options.KeepAlive = options.SocketInitTimeout = options.SlowSocketTimeout = Eventually.Patience;

    /// <summary>Starts a host on a database, with a clock of its own.</summary>
    public async Task<TestPortal> StartPortalAsync(TestDatabase database, TimeProvider clock, params (string Key, string? Value)[] settings)
    {
        var given = SettingsOf(database, FreePort()).ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        given["Logging:LogLevel:Default"] = "Trace"; // to the watch alone
        given["Portal:DataFolder"] = Path.Combine(folder, database.Name); // every mail is kept there besides
        foreach (var (key, value) in settings)
        {
            given[key] = value;
        }

        foreach (var (key, value) in given)
        {
            Secrets.Add(key.Contains("Password", StringComparison.Ordinal) || key.EndsWith("Key", StringComparison.Ordinal) ? value
                : key.StartsWith("ConnectionStrings:", StringComparison.Ordinal) ? new NpgsqlConnectionStringBuilder(value).Password
                : null);
        }

        var environment = given.GetValueOrDefault("environment", "Development");
        return new TestPortal(await ServingHost.StartAsync([$"--environment={environment}"], given, CancellationToken.None, log => log.ClearProviders().AddProvider(Secrets.NewProvider()).Services.AddSingleton(clock).PostConfigure<GraphQLOptions>(BePatient)), new Uri(given["urls"] ?? ""), database, Secrets);
    }

    /// <summary>What a host on a database is told, here or as environment variables of a <see cref="HostProcess"/>.</summary>
    public IEnumerable<(string Key, string Value)> SettingsOf(TestDatabase database, int port) =>
    [
        ("urls", $"http://localhost:{port}/"),
        ("Portal__PublicUrl", $"http://localhost:{port}/"),
        ("Smtp__Host", IPAddress.Loopback.ToString()),
        ("Smtp__Port", $"{Mail.Port}"),
        ("Smtp__Security", "none"),
        ("Smtp__From", "Portal <portal@example.com>"),
        ("Logging__LogLevel__Default", "Warning"),
        .. Enum.GetNames<DbRole>().Select(role => ($"ConnectionStrings__{role}", database.ConnectionStrings[role])),
    ];

    /// <summary>The settings of a host in a process of its own, as environment variables: this database, this mail server, production.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="settings">Settings that win, e.g. <c>("Smtp__Port", "2525")</c>.</param>
    public (string Key, string Value)[] ProcessSettings(TestDatabase database, int port, params (string Key, string Value)[] settings) =>
    [
        .. SettingsOf(database, port), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Portal__PublicUrl", "https://portal.example.com/"), .. settings,
    ];

    /// <summary>Stops PostgreSQL as a crash would, without a chance to write anything down.</summary>
    public Task CrashDatabaseAsync() => PgCtlAsync("stop", "-m", "immediate");

    /// <summary>Starts it again where it was; it recovers by itself.</summary>
    public Task StartDatabaseAsync() => PgCtlAsync("start", "-w", "-s", "-l", ServerLog, "-o", LocalPostgres.Options(Cluster, Postgres.Port));

    private async Task PgCtlAsync(string verb, params string[] arguments)
    {
        var binaries = await PostgresBinaries.FindAsync(null, folder, null, CancellationToken.None);
        var result = await Unprivileged.RunAsync(binaries.PathOf("pg_ctl"), [verb, "-D", Cluster, .. arguments], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.LastLine);
    }

    /// <summary>A port that nothing listens on, and that no other test is given.</summary>
    public static int FreePort() => FreePorts.Take();

    /// <summary>Stops both servers and removes the data. Fails when a log tells a secret.</summary>
    public async Task DisposeAsync()
    {
        if (mail is not null)
        {
            foreach (var received in mail.Mails)
            {
                Secrets.AddFrom(received);
            }

            await mail.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
            var told = Secrets.LinesThatTell().Concat(Secrets.LinesThatTell(ServerLog)).ToList();
            await Secrets.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            if (told.Count > 0)
            {
                // Of an exception here the test run shows the type alone.
                await File.WriteAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "told-secrets.log"), told);
                throw new InvalidOperationException("Logs tell secrets.");
            }
        }
    }
}
