using System.Threading.Channels;

namespace ClientPortal.Platform.Events;

/// <summary>One waiter's signals. Those that come while it is busy become one: it reads everything new at once anyway, so however slow it is, nothing piles up.</summary>
public sealed class Signal : IDisposable
{
    private readonly string[] _channels;
    private readonly TimeProvider _time;
    private readonly Action<Signal> _unsubscribe;
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Signal(string[] channels, TimeProvider time, Action<Signal> unsubscribe) => (_channels, _time, _unsubscribe) = (channels, time, unsubscribe);

    /// <summary>Waits for a signal since the last wait, and no longer than <paramref name="atMost"/>; whether it came.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _raised.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // the caller looks for itself
        }
    }

    /// <summary>Forgets a signal since the last wait: whatever it told of is about to be read.</summary>
    public void Forget() => _raised.Reader.TryRead(out _);

    /// <inheritdoc/>
    public void Dispose() => _unsubscribe(this);

    internal bool Hears(string channel) => _channels.Contains(channel, StringComparer.Ordinal);

    internal void Raise() => _raised.Writer.TryWrite(true);
}
