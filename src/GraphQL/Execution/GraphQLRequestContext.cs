using Microsoft.AspNetCore.Http;

namespace ClientPortal.GraphQL;

/// <summary>What the host tells the engine about a request.</summary>
public sealed class GraphQLRequestContext
{
    private HttpContext? _http;
    private IServiceProvider? _services;
    private Dictionary<Type, object>? _state;

    /// <summary>A request outside of HTTP.</summary>
    /// <param name="services">Its services.</param>
    public GraphQLRequestContext(IServiceProvider services) => _services = services;

    private GraphQLRequestContext()
    {
    }

    /// <summary>A request over HTTP.</summary>
    internal static GraphQLRequestContext Of(HttpContext http, bool mayRunAgain) => new() { _http = http, MayRunAgain = mayRunAgain };

    /// <summary>The request's services.</summary>
    // HttpContext makes a scope of them when first asked: most requests need none.
    public IServiceProvider Services => _services ??= _http!.RequestServices; // one of the two is always set

    /// <summary>Whether the operation can be executed again if what it began with turns out to be wrong (<see cref="IGraphQLRequestInitializer.HoldsAsync"/>): a query over HTTP, the first time.</summary>
    public bool MayRunAgain { get; private init; }

    /// <summary>The scope at the root of the tree; see <see cref="IScopeBoundary"/>. Null when there is none.</summary>
    public object? RootScope { get; set; }

    /// <summary>Whether what is being executed is this subscriber's alone, so that the others execute a <see cref="SharedEvent"/> for themselves. A resolver that leaves a trace of who asked sets it.</summary>
    public bool IsPersonal { get; set; }

    /// <summary>Sets a value for <see cref="GlobalStateAttribute"/> parameters of type <typeparamref name="T"/>.</summary>
    public void Set<T>(T value)
        where T : class => (_state ??= [])[typeof(T)] = value;

    /// <summary>The value set for <typeparamref name="T"/>, or null.</summary>
    public T? Get<T>()
        where T : class => (T?)Get(typeof(T));

    internal object? Get(Type type) => _state?.GetValueOrDefault(type);
}
