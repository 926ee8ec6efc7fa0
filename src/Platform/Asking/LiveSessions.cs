using System.Collections.Concurrent;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>
/// Tells open sockets that their session has ended. One statement for all of the host's sockets, asked when some session somewhere
/// was ended, and now and then for those that run out: an idle socket costs nothing.
/// </summary>
internal sealed partial class LiveSessions(DataSources sources, DatabaseSignals signals, TimeProvider time, ILogger<LiveSessions> log) : BackgroundService
{
    /// <summary>The channel on which the database tells that a session was ended.</summary>
    public const string SessionEnded = "session_ended";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30); // for sessions that run out by themselves
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TaskCompletionSource, string> _waiting = [];

    /// <summary>Returns when the session ends. Called before it is looked at whose it is: one that has ended by then is found out there.</summary>
    public async Task WaitForEndAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.TryAdd(ended, secret.Token);
        try
        {
            await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _waiting.TryRemove(ended, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = signals.Subscribe(SessionEnded);
        while (true)
        {
            await signal.WaitAsync(LongestWait, stoppingToken);
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                CannotAsk(e);
                signal.Raise(); // what was told is not lost
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var waiting = _waiting.ToArray();
        if (waiting.Length == 0)
        {
            return;
        }

        var ended = (await sources.QueryAsync(DbRole.Auth, $"select * from accounts.ended_sessions({waiting.Select(w => w.Value).Distinct().ToArray()})", r => r.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var (socket, _) in waiting.Where(w => ended.Contains(w.Value)))
        {
            socket.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which sessions have ended could not be asked; it is tried again")]
    private partial void CannotAsk(Exception exception);
}
