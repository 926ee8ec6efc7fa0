namespace ClientPortal.Invitations;

/// <summary>The newest of something that is told to many, and only that: whoever is slow skips some, and nothing piles up.</summary>
/// <param name="first">What it is before anything was told.</param>
internal sealed class Latest<T>(T first)
    where T : class
{
    private readonly Lock _gate = new();
    private T _newest = first;
    private TaskCompletionSource<T> _next = NewNext();

    /// <summary>The newest one.</summary>
    public T Newest => Volatile.Read(ref _newest);

    /// <summary>The newest one, once it is another than <paramref name="known"/>.</summary>
    public Task<T> NextAsync(T known)
    {
        lock (_gate)
        {
            return _newest != known ? Task.FromResult(_newest) : _next.Task;
        }
    }

    public void Tell(T newest)
    {
        TaskCompletionSource<T> next;
        lock (_gate)
        {
            _newest = newest;
            (next, _next) = (_next, NewNext());
        }

        next.SetResult(newest);
    }

    private static TaskCompletionSource<T> NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
