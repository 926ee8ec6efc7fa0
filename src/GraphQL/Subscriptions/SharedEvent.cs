using System.Collections.Concurrent;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL;

/// <summary>
/// An event that a stream gives to many subscribers whose rights are the same, the same instance to all of them. Of those who
/// follow with the same document and variables the first executes it, and all get the bytes that it was written to. Its
/// executing may take nothing from the subscriber but these rights, or says that it did (<see cref="GraphQLRequestContext.IsPersonal"/>);
/// the rule of the subscription's field is asked for each.
/// </summary>
public abstract class SharedEvent
{
    private readonly ConcurrentDictionary<(OperationPlan, string), Task<GraphQLResult?>> _told = new(1, 1);

    private protected SharedEvent(object? value) => Value = value;

    internal object? Value { get; }

    /// <summary>The response, executed or another's. A response with errors is nobody else's: they may have been the first one's own.</summary>
    internal async ValueTask<GraphQLResult> TellAsync(OperationPlan plan, string variables, GraphQLRequestContext subscriber, Func<ValueTask<GraphQLResult>> execute, CancellationToken cancellationToken)
    {
        var first = new TaskCompletionSource<GraphQLResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = _told.GetOrAdd((plan, variables), first.Task);
        if (told != first.Task)
        {
            return await told.WaitAsync(cancellationToken) ?? await execute();
        }

        GraphQLResult? shared = null;
        try
        {
            var result = await execute();
            shared = result.Errors.Count == 0 && !subscriber.IsPersonal ? result.Written() : null;
            return shared ?? result;
        }
        finally
        {
            first.SetResult(shared);
        }
    }
}

/// <inheritdoc/>
/// <param name="value">What the subscription's field gets as its <see cref="EventMessageAttribute"/>.</param>
public sealed class SharedEvent<T>(T value) : SharedEvent(value);
