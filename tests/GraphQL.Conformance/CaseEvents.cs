namespace ClientPortal.GraphQL.Conformance;

/// <summary>The source stream of a case's subscription: one item an event, each with the values of its own fields.</summary>
internal sealed class CaseEvents(IReadOnlyList<Resolvers> events, string? error)
{
    public Task<IAsyncEnumerable<object?>> OpenAsync() =>
        error is null ? Task.FromResult(StreamAsync()) : throw new GraphQLException(error, "SOURCE");

    private async IAsyncEnumerable<object?> StreamAsync()
    {
        foreach (var item in events)
        {
            await Task.Yield();
            yield return item;
        }
    }
}
