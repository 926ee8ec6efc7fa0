using System.Threading.Tasks.Sources;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Lets the one thread that drives a request sleep until a resolver completes or a loader has new keys. A call of <see cref="Set"/> while nobody waits is kept for the next wait.</summary>
internal sealed class WakeUp : IValueTaskSource
{
    private readonly Lock _lock = new();

    // Continuing elsewhere: the caller is in the midst of completing a resolver or a loader's batch.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private bool _isSet;
    private bool _isWaiting;

    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return default;
            }

            _core.Reset();
            _isWaiting = true;
            return new ValueTask(this, _core.Version);
        }
    }

    public void Set()
    {
        lock (_lock)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;
        }

        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
}
