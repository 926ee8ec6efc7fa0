using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Platform.Asking;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Testing;

/// <summary>
/// Everything secret that tests give to their hosts or get from them, and everything that the hosts log, at the most verbose
/// level that the product lets through. The fixture fails at its end when the two meet.
/// </summary>
public sealed partial class SecretWatch : IAsyncDisposable
{
    private const int Shortest = 12; // what is shorter, like a wrong password in a test, stands in ordinary text as well

    private static readonly string[] SecretMembers = ["password", "currentPassword", "newPassword", "token", "authorization"];

    private readonly ConcurrentDictionary<string, byte> secrets = new(StringComparer.Ordinal);
    private readonly string path;
    private readonly StreamWriter log;

    private SecretWatch(string path)
    {
        this.path = path;
        log = new StreamWriter(path);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="path">The file that the hosts' logs are kept in.</param>
    public static SecretWatch Start(string path) => new(path);

    /// <summary>All of them, of sessions also what the database is told of them.</summary>
    public IReadOnlyCollection<string> Secrets => [.. secrets.Keys];

    /// <summary>Remembers a secret.</summary>
    public void Add(string? secret)
    {
        if (secret?.Length >= Shortest)
        {
            secrets.TryAdd(secret, 0);
            if (SessionSecret.Parse(secret) is { } session)
            {
                secrets.TryAdd(session.Token, 0);
            }
        }
    }

    /// <summary>Remembers what stands in the members of a request's variables, or an answer, that carry secrets.</summary>
    public void AddFrom(JsonElement json)
    {
        foreach (var member in json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : default)
        {
            if (member.Value.ValueKind == JsonValueKind.String && SecretMembers.Contains(member.Name, StringComparer.Ordinal))
            {
                Add(member.Value.GetString());
            }

            AddFrom(member.Value);
        }
    }

    /// <summary>Remembers the links that a mail carries, by what stands behind their last slash.</summary>
    public void AddFrom(ReceivedMail mail)
    {
        foreach (Match link in Link().Matches(mail.Text))
        {
            Add(link.Groups[1].Value);
        }
    }

    /// <summary>The first lines of the hosts' logs that hold a secret.</summary>
    public IReadOnlyList<string> LinesThatTell()
    {
        lock (log)
        {
            log.Flush();
        }

        return LinesThatTell(path);
    }

    /// <summary>The first lines of a file that hold a secret.</summary>
    public IReadOnlyList<string> LinesThatTell(string file)
    {
        var search = SearchValues.Create([.. secrets.Keys], StringComparison.Ordinal);
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var found = new List<string>();
        while (found.Count < 20 && reader.ReadLine() is { } line)
        {
            if (line.AsSpan().ContainsAny(search))
            {
                found.Add(line);
            }
        }

        return found;
    }

    /// <summary>Where a host logs to.</summary>
    public ILoggerProvider NewProvider() => new Provider(this);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => log.DisposeAsync();

    [GeneratedRegex("/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")]
    private static partial Regex Link();

    private sealed class Provider(SecretWatch watch) : ILoggerProvider, ISupportExternalScope
    {
        public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => new Recorder(watch, this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

        public void Dispose()
        {
            // The watch outlives its hosts.
        }
    }

    private sealed class Recorder(SecretWatch watch, Provider provider, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider.Scopes.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (watch.log)
            {
                watch.log.WriteLine($"{logLevel} {category} {eventId}: {formatter(state, exception)} {exception}");
                provider.Scopes.ForEachScope((scope, writer) => writer.WriteLine($"  {scope}"), watch.log);
            }
        }
    }
}
