using ClientPortal.GraphQL.DataLoaders;

namespace ClientPortal.GraphQL;

/// <summary>The base of all loaders: one instance per loader type and scope of a request, made by the engine. Constructor parameters are services, <see cref="ScopedStateAttribute"/> or <see cref="GlobalStateAttribute"/> values.</summary>
public abstract class DataLoader
{
    internal LoaderSession? Session { get; set; }

    /// <summary>Whether it is sent off only when no other loader has keys waiting: for one through which the others load, so that what they ask for goes together.</summary>
    protected internal virtual bool GoesLast => false;

    internal abstract Task DispatchAsync(CancellationToken cancellationToken);

    internal abstract void Cancel();
}

/// <summary>What batch and grouped loaders share: keys wait until the executor sends them off together; each key is loaded once.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TResult">What a key loads.</typeparam>
public abstract class KeyedDataLoader<TKey, TResult> : DataLoader
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, TaskCompletionSource<TResult>> _results = [];
    private List<TKey> _waiting = [];
    private List<TaskCompletionSource<TResult>> _open = []; // of those who wait, in their order

    /// <summary>What a key loads. Each key is loaded once per scope.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">The request's; batches are cancelled with the request.</param>
    public Task<TResult> LoadAsync(TKey key, CancellationToken cancellationToken)
    {
        TaskCompletionSource<TResult>? result;
        bool first;
        lock (_lock)
        {
            if (_results.TryGetValue(key, out result))
            {
                return result.Task;
            }

            // Continuations run inside of the hand-out, so that what they ask for next makes one batch.
            result = new TaskCompletionSource<TResult>();
            _results.Add(key, result);
            _waiting.Add(key);
            _open.Add(result);
            first = _waiting.Count == 1;
        }

        if (first)
        {
            (Session ?? throw new InvalidOperationException($"{GetType().Name} was not made by the engine: take it as a resolver's parameter.")).Enqueue(this);
        }

        return result.Task;
    }

    private protected abstract Task<Func<TKey, TResult>> LoadAllAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    internal sealed override async Task DispatchAsync(CancellationToken cancellationToken)
    {
        var (keys, results) = TakeWaiting();
        Func<TKey, TResult>? find = null;
        Exception? failure = null;
        try
        {
            find = await LoadAllAsync(keys, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to those who asked for the keys.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        Session!.BeginHandingOut();
        try
        {
            for (var i = 0; i < keys.Count; i++)
            {
                HandOut(keys[i], results[i], find, failure);
            }
        }
        finally
        {
            Session.EndHandingOut();
        }
    }

    internal sealed override void Cancel()
    {
        foreach (var result in TakeWaiting().Results)
        {
            result.TrySetCanceled(CancellationToken.None);
        }
    }

    private static void HandOut(TKey key, TaskCompletionSource<TResult> result, Func<TKey, TResult>? find, Exception? failure)
    {
        if (find is null)
        {
            _ = failure is OperationCanceledException ? result.TrySetCanceled(CancellationToken.None) : result.TrySetException(failure!);
        }
        else
        {
            TResult found;
            try
            {
                found = find(key);
            }
#pragma warning disable CA1031 // The collection is the loader's own; whatever it throws, nobody must be left waiting.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                result.TrySetException(exception);
                return;
            }

            result.TrySetResult(found);
        }
    }

    private (List<TKey> Keys, List<TaskCompletionSource<TResult>> Results) TakeWaiting()
    {
        lock (_lock)
        {
            var waiting = (_waiting, _open);
            (_waiting, _open) = ([], []);
            return waiting;
        }
    }
}

/// <summary>Loads single values by key, all keys of a level at once. A key without a value gives null (the default of <typeparamref name="TValue"/>).</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class BatchDataLoader<TKey, TValue> : KeyedDataLoader<TKey, TValue?>
    where TKey : notnull
{
    /// <summary>Loads many keys in one go.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    /// <returns>The values found; a key that is missing has none.</returns>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private protected sealed override async Task<Func<TKey, TValue?>> LoadAllAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var found = await LoadBatchAsync(keys, cancellationToken);
        return key => found.GetValueOrDefault(key);
    }
}

/// <summary>Loads lists of values by key, all keys of a level at once. A key without values gives an empty list.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">An item of the list.</typeparam>
public abstract class GroupedDataLoader<TKey, TValue> : KeyedDataLoader<TKey, IReadOnlyList<TValue>>
    where TKey : notnull
{
    /// <summary>Loads many keys in one go.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    /// <returns>The values by key.</returns>
    protected abstract Task<ILookup<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private protected sealed override async Task<Func<TKey, IReadOnlyList<TValue>>> LoadAllAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var found = await LoadBatchAsync(keys, cancellationToken);
        return key => [.. found[key]];
    }
}
