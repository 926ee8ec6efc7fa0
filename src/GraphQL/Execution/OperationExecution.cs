using ClientPortal.GraphQL.DataLoaders;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>
/// One run of an operation (section 6.3), breadth first: all resolvers of a level are started, then waiting loaders are sent off,
/// and when all have answered the next level begins. One thread at a time drives it; resolvers may complete on any.
/// </summary>
internal sealed partial class OperationExecution(Schema schema, OperationPlan plan, DocumentNode document, IReadOnlyDictionary<string, object?> variables, GraphQLRequestContext request, ErrorReporter reporter, TimeSpan timeout, CancellationToken aborted) : IDisposable
{
    // How long a request that is given up waits for resolvers that do not heed their cancellation, before its services go.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private List<List<ResultObject>> _next = [];
    private List<List<ResultObject>> _level = [];
    private List<Pending> _pending = [];
    private List<Pending> _settling = [];
    private WakeUp? _wakeUp;
    private LoaderSession? _loaders;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _onCancelled;
    private Action? _onCompleted;
    private int _open;
    private bool _anyDead;

    public Schema Schema => schema;

    public GraphQLRequestContext Request { get; } = request;

    public List<GraphQLError> Errors { get; } = [];

    /// <summary>The event that a subscription's operation runs for.</summary>
    public object? Event { get; init; }

    public bool MayIntrospect { get; init; }

    /// <summary>For a subscription's stream, which no level waits for: loaders are sent off with their first key.</summary>
    public bool DispatchesAtOnce { get; init; }

    public LoaderSession Loaders => _loaders ??= new LoaderSession(DispatchesAtOnce ? null : WakeUp, DispatchesAtOnce ? Cancellation : default);

    /// <summary>Made only when a resolver asks for it: most fields never do.</summary>
    public CancellationToken Cancellation => timeout == Timeout.InfiniteTimeSpan ? aborted : (_cancellation ??= LinkedToAborted()).Token;

    private WakeUp WakeUp => _wakeUp ??= new WakeUp();

    /// <summary>Runs the operation to its end.</summary>
    /// <returns>The data; null when a root field that may not be null failed.</returns>
    /// <exception cref="OperationCanceledException">The client has gone or the time is up; see <see cref="IsTimedOut"/>.</exception>
    public async ValueTask<ResultObject?> RunAsync()
    {
        if (plan.Root.Failure is { } invalid)
        {
            Errors.Add(new GraphQLError(invalid.Message) { Code = ExecutionCodes.BadUserInput, Locations = invalid.Locations(document) ?? [] });
            return null;
        }

        var root = new ResultObject(plan.Root, Event, Request.RootScope, null, 0);
        List<ResultObject> roots = [root];
        for (var i = 0; i < plan.Root.Fields.Length && !root.IsDead; i++)
        {
            Start(plan.Root.Fields[i], i, roots);
            if (plan.Kind == OperationKind.Mutation)
            {
                await FinishAsync();

                // What was loaded before a change may not be true after it.
                _loaders?.Forget();
            }
        }

        await FinishAsync();
        _cancellation?.Token.ThrowIfCancellationRequested();
        return root.IsDead ? null : root;
    }

    /// <summary>Whether the rule of a root field refused.</summary>
    public bool IsRefused { get; private set; }

    public bool IsTimedOut => !aborted.IsCancellationRequested && _cancellation?.IsCancellationRequested == true;

    public bool IsAborted => aborted.IsCancellationRequested;

    public void Dispose()
    {
        _onCancelled.Dispose();
        _cancellation?.Dispose();
    }

    private async ValueTask FinishAsync()
    {
        await SettleAsync();
        while (_next.Count > 0)
        {
            (_level, _next) = (_next, _level);
            _next.Clear();
            foreach (var objects in _level)
            {
                var fields = objects[0].Plan.Fields;
                for (var i = 0; i < fields.Length; i++)
                {
                    Start(fields[i], i, objects);
                }
            }

            await SettleAsync();
        }
    }

    private async ValueTask SettleAsync()
    {
        while (_pending.Count > 0)
        {
            await WaitAsync();

            // Before their results are looked at: resolvers that were cancelled are no errors.
            _cancellation?.Token.ThrowIfCancellationRequested();
            (_settling, _pending) = (_pending, _settling);
            foreach (var pending in _settling)
            {
                Resume(pending);
            }

            _settling.Clear();
        }
    }

    /// <summary>Waits for everything pending, sending off loaders meanwhile.</summary>
    private async ValueTask WaitAsync()
    {
        Volatile.Write(ref _open, 1);
        _onCompleted ??= OnCompleted;
        foreach (var pending in _pending)
        {
            if (!pending.Task.IsCompleted)
            {
                Interlocked.Increment(ref _open);
                pending.Task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_onCompleted);
            }
        }

        OnCompleted();
        while (Volatile.Read(ref _open) > 0)
        {
            if (_onCancelled == default)
            {
                _onCancelled = Cancellation.UnsafeRegister(static wakeUp => ((WakeUp)wakeUp!).Set(), WakeUp);
            }

            if (Cancellation.IsCancellationRequested)
            {
                await DrainAsync();
                break;
            }

            _loaders?.Dispatch(Cancellation);
            if (Volatile.Read(ref _open) > 0)
            {
                await WakeUp.WaitAsync();
            }
        }
    }

    private void OnCompleted()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            WakeUp.Set();
        }
    }

    // The request's services may be disposed of only when nobody uses them any more.
    private async Task DrainAsync()
    {
        var batches = _loaders?.CancelAsync() ?? Task.CompletedTask;
        var resolvers = Task.WhenAll(_pending.Select(p => p.Task).Append(batches));
        await ((Task)Task.WhenAny(resolvers, Task.Delay(Grace, CancellationToken.None))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = resolvers.Exception;
    }

    private CancellationTokenSource LinkedToAborted()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        source.CancelAfter(timeout);
        return source;
    }

    private void AddToNextLevel(ResultObject node)
    {
        // Siblings come one after the other, so the group is nearly always the last one.
        for (var i = _next.Count - 1; i >= 0; i--)
        {
            if (_next[i][0].Plan == node.Plan)
            {
                _next[i].Add(node);
                return;
            }
        }

        _next.Add([node]);
    }

    /// <summary>Something that has been started and not yet completed.</summary>
    private readonly record struct Pending(Task Task, PendingKind Kind, PlannedField Field, int Index)
    {
        /// <summary>Where the value goes.</summary>
        public ResultNode? Container { get; init; }

        public Shape? Shape { get; init; }

        public object? Scope { get; init; }

        /// <summary>The siblings of a batch or of a rule's check.</summary>
        public List<ResultObject>? Objects { get; init; }

        public Func<Task, object?>? Result { get; init; }
    }

    private enum PendingKind
    {
        Value,
        Batch,
        Rule,
    }
}
