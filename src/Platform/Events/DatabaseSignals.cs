using System.Collections.Concurrent;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Events;

/// <summary>
/// Tells, within this host, that something was committed: one listening connection a host, however many wait. A signal says
/// that there is something new, never what: whoever waits reads it from its table, from the last that they have seen on and
/// under their own rights. So a signal that is lost, as during a reconnect, costs a moment and no event.
/// </summary>
public sealed partial class DatabaseSignals(DataSources sources, IEnumerable<SignalChannel> channels, TimeProvider time, ILogger<DatabaseSignals> log) : BackgroundService
{
    private static readonly TimeSpan LivenessCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Signal, byte> _waiting = [];

    /// <summary>Begins to collect signals; dispose of it to stop. What is committed after this returns is signalled, at the latest when the listener is back.</summary>
    /// <param name="channelNames">Channels that were registered as <see cref="SignalChannel"/>.</param>
    public Signal Subscribe(params string[] channelNames)
    {
        var signal = new Signal(channelNames, time, s => _waiting.TryRemove(s, out _));
        _waiting.TryAdd(signal, 0);
        return signal;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                Interrupted(e);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await sources[DbRole.Job].OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, e) => Raise(e.Channel);
        foreach (var channel in channels)
        {
            await ExecuteAsync(connection, $"listen {channel.Name}", stoppingToken);
        }

        foreach (var signal in _waiting.Keys)
        {
            signal.Raise(); // for what was committed while nobody listened
        }

        while (true)
        {
            if (!await connection.WaitAsync(LivenessCheck, stoppingToken))
            {
                await ExecuteAsync(connection, "select 1", stoppingToken); // a connection that broke in silence is found out here
            }
        }
    }

    private void Raise(string channel)
    {
        foreach (var signal in _waiting.Keys.Where(s => s.Hears(channel)))
        {
            signal.Raise();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // the channels' names are this build's own
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening to the database was interrupted; it begins again")]
    private partial void Interrupted(Exception exception);
}
