namespace ClientPortal.GraphQL.Execution;

/// <summary>How a field's value is found. Compiled at start-up; nothing is reflected per call.</summary>
internal abstract class FieldResolver
{
    /// <summary>Makes CLR values of the coerced arguments, once per field and request; null when the resolver takes none or reads them itself.</summary>
    public ArgumentConverter? Arguments { get; init; }
}

/// <summary>Needs nothing but the parent.</summary>
internal sealed class PureResolver(Func<object?, object?> call) : FieldResolver
{
    public Func<object?, object?> Call { get; } = call;
}

/// <summary>Completes at once.</summary>
internal sealed class SyncResolver(Func<ResolverContext, object?> call) : FieldResolver
{
    public Func<ResolverContext, object?> Call { get; } = call;
}

/// <summary>Completes later.</summary>
internal sealed class AsyncResolver(Func<ResolverContext, Task> call, Func<Task, object?> result) : FieldResolver
{
    public Func<ResolverContext, Task> Call { get; } = call;

    /// <summary>The result of a task that has completed; throws what it failed with.</summary>
    public Func<Task, object?> Result { get; } = result;
}

/// <summary>Answers for all siblings of a level and scope in one call; the result is a list that matches the parents by index.</summary>
internal sealed class BatchResolver(Func<ResolverContext, Task> call, Func<Task, object?> result) : FieldResolver
{
    public Func<ResolverContext, Task> Call { get; } = call;

    public Func<Task, object?> Result { get; } = result;
}

/// <summary>
/// For schemas from SDL: one function for every field. The value may be a <see cref="Task{TResult}"/> of object, also as an item of a list;
/// an <see cref="Exception"/> as a value or item fails there. Objects are of any type; <see cref="Types.Schema.ResolveAbstractType"/> tells theirs.
/// </summary>
internal sealed class DynamicResolver(Func<ResolverContext, object?> call) : FieldResolver
{
    public Func<ResolverContext, object?> Call { get; } = call;
}

/// <summary>The stream behind a subscription's field.</summary>
/// <param name="Open">Opens the stream; may throw. Items are the events.</param>
/// <param name="Arguments">Makes CLR values of the arguments, or null.</param>
internal sealed record SubscriptionSource(Func<ResolverContext, Task<IAsyncEnumerable<object?>>> Open, ArgumentConverter? Arguments = null);

/// <summary>Finds nodes of one type by their ids, matched by index.</summary>
internal delegate Task<IReadOnlyList<object?>> NodeResolver(ResolverContext context, IReadOnlyList<Guid> ids);

/// <summary>Makes the CLR values of a field's arguments. Throws <see cref="GraphQLException"/> or <see cref="InputException"/> when they do not fit.</summary>
internal delegate object?[] ArgumentConverter(ArgumentValues arguments);
