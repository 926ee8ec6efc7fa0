namespace ClientPortal.GraphQL;

/// <summary>What the host tells the engine about a request.</summary>
/// <param name="services">The request's services.</param>
public sealed class GraphQLRequestContext(IServiceProvider services)
{
    private Dictionary<Type, object>? _state;

    /// <summary>The request's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The scope at the root of the tree; see <see cref="IScopeBoundary"/>. Null when there is none.</summary>
    public object? RootScope { get; set; }

    /// <summary>Sets a value for <see cref="GlobalStateAttribute"/> parameters of type <typeparamref name="T"/>.</summary>
    public void Set<T>(T value)
        where T : class => (_state ??= [])[typeof(T)] = value;

    /// <summary>The value set for <typeparamref name="T"/>, or null.</summary>
    public T? Get<T>()
        where T : class => (T?)Get(typeof(T));

    internal object? Get(Type type) => _state?.GetValueOrDefault(type);
}
