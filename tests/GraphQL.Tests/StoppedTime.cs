using System.Collections.Concurrent;

namespace ClientPortal.GraphQL.Tests;

/// <summary>A clock whose timers go off when a test says so, and never by themselves.</summary>
internal sealed class StoppedTime : TimeProvider
{
    /// <summary>How long a test waits for what will come or never: a busy machine is slow, not broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Timer, TimeSpan> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        _timers[timer] = dueTime;
        return timer;
    }

    /// <summary>Whether something waits for that long.</summary>
    public bool IsAwaited(TimeSpan time) => _timers.Values.Contains(time);

    /// <summary>Waits until something waits for that long, and lets it have waited.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(Patience);
        Timer? timer;
        while ((timer = _timers.FirstOrDefault(t => t.Value == time).Key) is null)
        {
            await Task.Delay(10, limit.Token);
        }

        timer.Ring();
    }

    private sealed class Timer(StoppedTime clock, Action ring) : ITimer
    {
        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._timers[this] = dueTime;
            return true;
        }

        public void Dispose() => clock._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
