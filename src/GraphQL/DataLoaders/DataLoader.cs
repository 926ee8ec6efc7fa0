namespace ClientPortal.GraphQL;

/// <summary>The base of all loaders: one instance per loader type and scope of a request, made by the engine. Constructor parameters are services, <see cref="ScopedStateAttribute"/> or <see cref="GlobalStateAttribute"/> values.</summary>
public abstract class DataLoader
{
}

/// <summary>Loads single values by key, all keys of a level at once.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class BatchDataLoader<TKey, TValue> : DataLoader
    where TKey : notnull
{
    /// <summary>The value of a key; null when there is none. Each key is loaded once per scope.</summary>
    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Loads many keys in one go.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    /// <returns>The values found; a key that is missing has none.</returns>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);
}

/// <summary>Loads lists of values by key, all keys of a level at once.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">An item of the list.</typeparam>
public abstract class GroupedDataLoader<TKey, TValue> : DataLoader
    where TKey : notnull
{
    /// <summary>The values of a key; empty when there are none.</summary>
    public Task<IReadOnlyList<TValue>> LoadAsync(TKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Loads many keys in one go.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    /// <returns>The values by key.</returns>
    protected abstract Task<ILookup<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);
}
