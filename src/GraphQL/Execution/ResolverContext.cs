using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL;

/// <summary>What a resolver or an authorization rule may know of the field and the request.</summary>
public sealed class ResolverContext
{
    private readonly PlannedField _planned;
    private readonly ResultObject? _at;
    private readonly int _index;
    private List<IAsyncDisposable>? _bound;

    internal ResolverContext(OperationExecution execution, PlannedField planned, ResultObject? at, int index, object? scope, ArgumentValues arguments)
    {
        Execution = execution;
        _planned = planned;
        _at = at;
        _index = index;
        Scope = scope;
        Arguments = arguments;
    }

    /// <summary>The request.</summary>
    public GraphQLRequestContext Request => Execution.Request;

    /// <summary>The request's services.</summary>
    public IServiceProvider Services => Execution.Request.Services;

    /// <summary>The type that the field belongs to.</summary>
    public ObjectType Type => _planned.Type;

    /// <summary>The field.</summary>
    public FieldDefinition Field => _planned.Definition;

    /// <summary>The object whose field is resolved; null at the root and in a batch.</summary>
    public object? Parent => _at?.Source;

    /// <summary>The nearest scope above the field, or null.</summary>
    public object? Scope { get; }

    /// <summary>Cancelled when the client has gone or the time is up.</summary>
    public CancellationToken RequestAborted => Execution.Cancellation;

    /// <summary>The key in the response: the alias, else the field's name.</summary>
    public string ResponseName => _planned.ResponseName;

    /// <summary>The objects of a batch; null elsewhere.</summary>
    internal object?[]? Parents { get; init; }

    /// <summary>The event of a subscription; null elsewhere.</summary>
    internal object? Event => Execution.Event;

    /// <summary>The ids that a node resolver is asked for; null elsewhere.</summary>
    internal IReadOnlyList<Guid>? Ids { get; init; }

    internal OperationExecution Execution { get; }

    internal ArgumentValues Arguments { get; }

    /// <summary>The response path of the field; null in a batch.</summary>
    internal IReadOnlyList<object>? Path => _at?.PathTo(_index);

    /// <summary>The nearest scope as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none of that type: the host sets the root scope.</exception>
    public T ScopedState<T>() => Scope is T scope ? scope : throw new InvalidOperationException($"{Type}.{Field.Name} needs a scope of type {typeof(T).Name}, but the scope is {Scope?.GetType().Name ?? "not set"}.");

    /// <summary>The value that the host set for <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">The host set none.</exception>
    public T GlobalState<T>()
        where T : class => Request.Get<T>() ?? throw new InvalidOperationException($"{Type}.{Field.Name} needs a global {typeof(T).Name}, which the host did not set.");

    internal DataLoader Loader(Type type, Func<ResolverContext, DataLoader> create) =>
        Execution.Loaders.Get(type, Scope, (Context: this, Create: create), static (state, _) => state.Create(state.Context));

    /// <summary>A node resolver's context.</summary>
    internal ResolverContext ForIds(IReadOnlyList<Guid> ids) => new(Execution, _planned, null, 0, Scope, ArgumentValues.None) { Ids = ids };

    /// <summary>Makes a bound parameter's value, to be disposed of when the resolver is done.</summary>
    internal object? Bound(Func<ResolverContext, BoundParameter> create)
    {
        var bound = create(this);
        if (bound.Disposable is { } disposable)
        {
            (_bound ??= []).Add(disposable);
        }

        return bound.Value;
    }

    internal async ValueTask DisposeBoundAsync()
    {
        foreach (var disposable in _bound ?? [])
        {
            await disposable.DisposeAsync();
        }
    }
}
