using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.DataLoaders;

/// <summary>
/// The loaders of one request: one instance per loader type and scope. The executor dispatches them when the resolvers of a level have been started;
/// keys that arrive later, from whichever thread, wake it up. While a batch's results are being handed out nobody is woken: what their receivers ask for next goes out together.
/// </summary>
/// <param name="wakeUp">Wakes the executor; null where none waits: then keys are sent off at once.</param>
/// <param name="cancellation">For batches that are sent off at once.</param>
internal sealed class LoaderSession(WakeUp? wakeUp, CancellationToken cancellation)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(object Key, object? Scope), DataLoader> _loaders = [];
    private readonly List<Task> _running = [];
    private List<DataLoader> _waiting = [];
    private int _handingOut;
    private bool _cancelled;

    /// <summary>The loader of that kind and scope, made by <paramref name="create"/> when first asked for.</summary>
    public DataLoader Get<TState>(object key, object? scope, TState state, Func<TState, object?, DataLoader> create)
    {
        lock (_lock)
        {
            if (!_loaders.TryGetValue((key, scope), out var loader))
            {
                loader = create(state, scope);
                loader.Session = this;
                _loaders.Add((key, scope), loader);
            }

            return loader;
        }
    }

    /// <summary>Forgets everything loaded: a mutation has changed the data.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _loaders.Clear();
        }
    }

    /// <summary>Called by a loader when its first key waits.</summary>
    public void Enqueue(DataLoader loader)
    {
        bool wake, refused;
        lock (_lock)
        {
            refused = _cancelled;
            if (!refused)
            {
                _waiting.Add(loader);
            }

            wake = _handingOut == 0;
        }

        if (refused)
        {
            loader.Cancel();
        }
        else if (wake)
        {
            Wake();
        }
    }

    /// <summary>Sends every waiting key off, until none waits. False when there was nothing to do.</summary>
    public bool Dispatch(CancellationToken cancellationToken)
    {
        var any = false;
        while (true)
        {
            List<DataLoader> waiting;
            lock (_lock)
            {
                if (_waiting.Count == 0 || _handingOut > 0)
                {
                    return any;
                }

                waiting = TakeFirst();
            }

            any = true;
            foreach (var loader in waiting)
            {
                var batch = loader.DispatchAsync(cancellationToken);
                if (!batch.IsCompleted)
                {
                    lock (_lock)
                    {
                        _running.Add(batch);
                    }
                }
            }
        }
    }

    private List<DataLoader> TakeFirst()
    {
        var last = _waiting.FindAll(static l => l.GoesLast);
        var first = last.Count == _waiting.Count ? last : _waiting.FindAll(static l => !l.GoesLast);
        _waiting = first == last ? [] : last;
        return first;
    }

    public void BeginHandingOut()
    {
        lock (_lock)
        {
            _handingOut++;
        }
    }

    public void EndHandingOut()
    {
        bool wake;
        lock (_lock)
        {
            wake = --_handingOut == 0 && _waiting.Count > 0;
        }

        if (wake)
        {
            Wake();
        }
    }

    private void Wake()
    {
        if (wakeUp is null)
        {
            Dispatch(cancellation);
        }
        else
        {
            wakeUp.Set();
        }
    }

    /// <summary>Refuses all waiting and further keys, and returns the batches still under way.</summary>
    public Task CancelAsync()
    {
        List<DataLoader> waiting;
        Task running;
        lock (_lock)
        {
            _cancelled = true;
            (waiting, _waiting) = (_waiting, []);
            running = Task.WhenAll(_running);
        }

        foreach (var loader in waiting)
        {
            loader.Cancel();
        }

        return running;
    }
}
