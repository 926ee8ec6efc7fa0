using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL;

/// <summary>What a resolver or an authorization rule may know of the field and the request.</summary>
public sealed class ResolverContext
{
    internal ResolverContext(GraphQLRequestContext request, ObjectType type, FieldDefinition field, object? parent, object? scope, CancellationToken requestAborted)
    {
        Request = request;
        Type = type;
        Field = field;
        Parent = parent;
        Scope = scope;
        RequestAborted = requestAborted;
    }

    /// <summary>The request.</summary>
    public GraphQLRequestContext Request { get; }

    /// <summary>The request's services.</summary>
    public IServiceProvider Services => Request.Services;

    /// <summary>The type that the field belongs to.</summary>
    public ObjectType Type { get; }

    /// <summary>The field.</summary>
    public FieldDefinition Field { get; }

    /// <summary>The object whose field is resolved; null at the root and in a batch.</summary>
    public object? Parent { get; }

    /// <summary>The nearest scope above the field, or null.</summary>
    public object? Scope { get; }

    /// <summary>Cancelled when the client has gone or the time is up.</summary>
    public CancellationToken RequestAborted { get; }

    /// <summary>The nearest scope as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none of that type: the host sets the root scope.</exception>
    public T ScopedState<T>() => Scope is T scope ? scope : throw new InvalidOperationException($"{Type}.{Field.Name} needs a scope of type {typeof(T).Name}, but the scope is {Scope?.GetType().Name ?? "not set"}.");
}
