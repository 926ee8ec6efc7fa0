using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Platform;
using ClientPortal.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Accounts.Tests;

/// <summary>
/// Walks everything that has to do with a password, a session or a link, and then looks for each of them wherever the portal
/// leaves something behind: what a dump would hold, the files of the database and its write-ahead log, and every log.
/// </summary>
[Collection(nameof(Scene))]
public sealed partial class SecretsStayOutTests(Scene scene)
{
    private const string FirstPassword = "kingfisher under nine bridges";
    private const string NewPassword = "seven lanterns over the marsh";
    private const string StaffPassword = "a paper boat in the gutter";
    private const string TypedPassword = "almost but not quite right here";
    private const string SmtpPassword = "smtp-relay-opens-with-this";

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task INV_01_no_password_secret_token_or_link_is_left_anywhere(string environment)
    {
        var spans = new StringBuilder();
        using var listener = SpansInto(spans);
        var database = await scene.Fixture.CreateDatabaseAsync();
        await LogAllStatementsAsync(database);
        var firstLog = await database.ScalarAsync<string>("select pg_walfile_name(pg_current_wal_lsn())");
        HashSet<string> secrets;
        await using (var portal = await scene.Fixture.StartPortalAsync(database,
            ("environment", environment), ("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", StaffPassword), ("Portal:FirstStaff:Name", "Fiona First"),
            ("Smtp:User", "relay-user"), ("Smtp:Password", SmtpPassword)))
        {
            secrets = await WalkAsync(portal, environment);
        }

        foreach (var secret in secrets)
        {
            scene.Fixture.Secrets.Add(secret);
        }

        Assert.InRange(secrets.Count, 20 + 20 + 2 + 3 + 1, int.MaxValue); // links of invitations and resets, staff and address; passwords; a session
        await database.ExecuteAsync("checkpoint");
        var dump = await DumpAsync(database);
        var files = await FilesAsync(database, firstLog);
        var serverLog = await File.ReadAllTextAsync(Path.Combine(scene.Fixture.Cluster, "server.log"));
        // First that the search finds what is there: an address in the dump, the files and the log.
        Assert.Contains($"reset-19-{environment}@example.com", dump, StringComparison.Ordinal);
        Assert.Contains(files, f => f.Text.Contains($"reset-19-{environment}@example.com", StringComparison.Ordinal) && f.Path.Contains("/pg_wal/", StringComparison.Ordinal));
        Assert.Contains("accounts.sign_in_attempt", serverLog, StringComparison.Ordinal);
        string told;
        lock (spans) // another host's background work goes on
        {
            told = spans.ToString();
        }

        Assert.Contains("accounts.sign_in_attempt", told, StringComparison.Ordinal);
        var search = SearchValues.Create([.. secrets.SelectMany(SpellingsOf)], StringComparison.Ordinal);
        files.AddRange([("dump", dump), ("server.log", serverLog), ("spans", told)]);
        Assert.All(files, f => Assert.False(f.Text.AsSpan().ContainsAny(search), $"{f.Path} holds a secret."));
        Assert.Empty(scene.Fixture.Secrets.LinesThatTell());
    }

    [Fact]
    public void INV_01_No_setting_of_the_logs_makes_them_tell_a_path()
    {
        var settings = new ConfigurationManager();
        settings["Logging:LogLevel:Default"] = settings["Logging:Loud:LogLevel:Default"] = settings["Logging:Loud:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace";
        using var services = new ServiceCollection()
            .AddLogging(log => log.AddConfiguration(settings.GetSection("Logging")).ClearProviders().AddProvider(new Loud()))
            .AddSingleton<IConfiguration>(settings)
            .AddPlatform()
            .BuildServiceProvider();
        var logs = services.GetRequiredService<ILoggerFactory>();
        Assert.True(logs.CreateLogger("Any").IsEnabled(LogLevel.Trace));
        Assert.False(logs.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
        Assert.False(logs.CreateLogger("Microsoft.AspNetCore.Routing.EndpointMiddleware").IsEnabled(LogLevel.Information));
    }

    [ProviderAlias("Loud")]
    private sealed class Loud : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task A_secret_that_is_logged_or_stored_is_found()
    {
        var secret = Guid.NewGuid().ToString("N");
        var watch = SecretWatch.Start(Path.GetTempFileName());
        await using (watch)
        {
            using var provider = watch.NewProvider();
            watch.AddFrom(JsonSerializer.SerializeToElement(new { input = new { password = secret } }));
            var log = provider.CreateLogger("test");
            using (log.BeginScope(new { path = $"/reset/{secret}" }))
            {
                log.Log(LogLevel.Trace, default, "nothing", null, (text, _) => text);
            }

            Assert.Contains(secret, Assert.Single(watch.LinesThatTell()), StringComparison.Ordinal);
        }

        var database = await scene.Fixture.CreateDatabaseAsync();
        var firstLog = await database.ScalarAsync<string>("select pg_walfile_name(pg_current_wal_lsn())");
        await database.ExecuteAsync("create table public.leak (b bytea)");
        await database.ExecuteAsync("insert into public.leak values ($1)", Encoding.UTF8.GetBytes(secret));
        var dump = await DumpAsync(database);
        Assert.Contains(SpellingsOf(secret), s => dump.Contains(s, StringComparison.Ordinal));
        Assert.Contains(await FilesAsync(database, firstLog), f => f.Text.Contains(secret, StringComparison.Ordinal));
    }

    // Everything that handles a secret, over HTTP; what was secret about it.
    private async Task<HashSet<string>> WalkAsync(TestPortal portal, string environment)
    {
        var secrets = new ConcurrentDictionary<string, byte>(new[] { FirstPassword, NewPassword, StaffPassword, TypedPassword, SmtpPassword }.Select(p => KeyValuePair.Create(p, (byte)0)));
        async Task<JsonElement> ChangeAsync(string mutation, object input, string fields, string? session = null)
        {
            var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
            var payload = (await portal.DataAsync($$"""mutation ($input: {{type}}!) { {{mutation}}(input: $input) { {{fields}} errors { ... on Error { code } } } }""", new { input }, session)).GetProperty(mutation);
            if (payload.TryGetProperty("token", out var token) && token.GetString() is { } secret)
            {
                secrets.TryAdd(secret, 0);
                secrets.TryAdd(Platform.Asking.SessionSecret.Parse(secret)!.Token, 0); // it is one
            }

            return payload;
        }

        async Task<string> LinkAsync(string email, int mails = 1)
        {
            List<string> Links() => [.. scene.MailsTo(email).Select(m => Token().Match(m.Text).Groups[1].Value).Where(t => t.Length > 0)];
            await Eventually.TrueAsync(() => Task.FromResult(Links().Count >= mails));
            Links().ForEach(link => secrets.TryAdd(link, 0));
            return Links()[^1];
        }

        await ChangeAsync("signIn", new { email = "first@example.com", password = TypedPassword }, "token");
        var staff = (await ChangeAsync("signIn", new { email = "first@example.com", password = StaffPassword }, "token")).GetProperty("token").GetString()!;
        var client = (await ChangeAsync("createClient", new { name = "Acme", currency = "EUR" }, "client { id }", staff)).GetProperty("client").GetProperty("id").GetString();

        // Twenty are invited, accept and ask for a new password, which half of them choose.
        for (var i = 0; i < 20; i++)
        {
            var email = $"reset-{i}-{environment}@example.com";
            var contactId = (await ChangeAsync("createContact", new { clientId = client, name = $"Contact {i}", email }, "contact { id }", staff)).GetProperty("contact").GetProperty("id").GetString();
            Scene.AssertDone(await ChangeAsync("inviteContact", new { contactId }, "contact { id }", staff));
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var email = $"reset-{i}-{environment}@example.com";
            var invitation = await LinkAsync(email);
            await OpenAsync(portal, $"invitation/{invitation}");
            Scene.AssertDone(await ChangeAsync("acceptInvitation", new { token = invitation, password = FirstPassword }, "token"));
            await portal.DataAsync("mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }", new { input = new { email } });
            var reset = await LinkAsync(email, mails: 2);
            await OpenAsync(portal, $"reset/{reset}");
            if (i % 2 == 0)
            {
                Scene.AssertDone(await ChangeAsync("resetPassword", new { token = reset, password = NewPassword }, "token"));
            }
        }));

        // An address, a password, a new member of staff, a socket, and requests that go wrong with a secret in their hands.
        var present = await ChangeAsync("signIn", new { email = $"reset-0-{environment}@example.com", password = NewPassword }, "token");
        var session = present.GetProperty("token").GetString()!;
        Scene.AssertDone(await ChangeAsync("requestEmailChange", new { email = $"moved-{environment}@example.com", password = NewPassword }, "accepted", session));
        var confirm = await LinkAsync($"moved-{environment}@example.com");
        await OpenAsync(portal, $"confirm-email/{confirm}");
        Scene.AssertDone(await ChangeAsync("confirmEmailChange", new { token = confirm }, "email"));
        Scene.AssertDone(await ChangeAsync("changePassword", new { currentPassword = NewPassword, newPassword = FirstPassword }, "viewer { name }", session));
        Scene.AssertDone(await ChangeAsync("addStaffMember", new { name = "Nora New", email = $"nora-{environment}@example.com", permissions = Array.Empty<string>() }, "staffMember { id }", staff));
        Scene.AssertDone(await ChangeAsync("resetPassword", new { token = await LinkAsync($"nora-{environment}@example.com"), password = StaffPassword }, "token"));
        await SocketAsync(portal, session);
        foreach (var broken in new[] { $"mutation {{ signIn(input: {{ email: \"x\", password: \"{TypedPassword}\" }}) {{ nothing }} }}", $"mutation {{ signIn(input: {{ password: \"{TypedPassword}\" ", $"query {{ invitation(token: \"{TypedPassword}\") {{ state }} }}" })
        {
            await portal.AskAsync(broken, session: session);
        }

        await portal.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email = 1, password = TypedPassword } });
        await portal.DataAsync("mutation { signOut { signedOut } }", session: session);
        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select not exists (select from mail.outbox where state in ('QUEUED', 'SENDING'))"));
        return [.. secrets.Keys];
    }

    private static async Task OpenAsync(TestPortal portal, string page)
    {
        using var response = await portal.Http.GetAsync(page);
        response.EnsureSuccessStatusCode();
    }

    private static async Task SocketAsync(TestPortal portal, string session)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{portal.Url.Authority}/graphql"), CancellationToken.None);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "connection_init", payload = new { authorization = $"Bearer {session}" } }), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Contains("connection_ack", Encoding.UTF8.GetString(buffer, 0, received.Count), StringComparison.Ordinal);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    // As an operator might set it who looks for something: every statement, with its parameters, and every slow one, which is each.
    private static async Task LogAllStatementsAsync(TestDatabase database)
    {
        foreach (var setting in new[] { "log_statement = 'all'", "log_min_duration_statement = 0", "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1", "log_min_error_statement = 'error'", "log_min_messages = 'debug1'" })
        {
            await database.ExecuteFromOutsideAsync($"alter database {database.Name} set {setting}");
        }
    }

    // What a dump would hold: every row of every table, as text.
    private static async Task<string> DumpAsync(TestDatabase database)
    {
        var dump = new StringBuilder();
        await using var source = NpgsqlDataSource.Create(database.Superuser);
        var tables = await database.ScalarAsync<string[]>("select array_agg(c.oid::regclass::text) from pg_class c where c.relkind in ('r', 'p', 'm') and c.relnamespace not in (select oid from pg_namespace where nspname in ('pg_catalog', 'information_schema', 'pg_toast'))");
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // names from the catalog
            await using var command = source.CreateCommand($"select coalesce(string_agg(t::text, E'\\n'), '') from {table} t");
#pragma warning restore CA2100
            dump.AppendLine(table).AppendLine((string?)await command.ExecuteScalarAsync());
        }

        return dump.ToString();
    }

    // Tables, indexes and the write-ahead log as they lie on the disk, a character a byte.
    private async Task<List<(string Path, string Text)>> FilesAsync(TestDatabase database, string firstLog)
    {
        var folder = (await database.ScalarAsync<uint>("select oid from pg_database where datname = current_database()")).ToString(CultureInfo.InvariantCulture);
        return [.. Directory.EnumerateFiles(Path.Combine(scene.Fixture.Cluster, "base", folder))
            .Concat(Directory.EnumerateFiles(Path.Combine(scene.Fixture.Cluster, "pg_wal")).Where(file => string.CompareOrdinal(Path.GetFileName(file), firstLog) >= 0))
            .Select(file => (file, Encoding.Latin1.GetString(File.ReadAllBytes(file))))];
    }

    // As text, and as the hexadecimal form in which a dump shows bytes.
    private static IEnumerable<string> SpellingsOf(string secret) => [secret, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))];

    private static ActivityListener SpansInto(StringBuilder spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Spans of this test's own requests show the paths that it asks for.
                if (!activity.Source.Name.StartsWith("System.Net", StringComparison.Ordinal))
                {
                    lock (spans)
                    {
                        spans.AppendLine(CultureInfo.InvariantCulture, $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))} {activity.StatusDescription}");
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    [GeneratedRegex("/(?:invitation|reset|confirm-email)/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
