namespace ClientPortal.Testing;

/// <summary>The clock of a host whose timers never go off: what it does all the same, it was told to do.</summary>
public sealed class SilentTimers : TimeProvider
{
    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // There is nothing to stop.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
