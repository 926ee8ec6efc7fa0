using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.DataLoaders;

/// <summary>Loads the nodes of one type in one scope: all references and <c>node</c> fields of a level in one call.</summary>
internal sealed class NodeLoader(NodeResolver resolve, ResolverContext context) : BatchDataLoader<Guid, object>
{
    protected override async Task<IReadOnlyDictionary<Guid, object>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var nodes = await resolve(context, keys);
        var found = new Dictionary<Guid, object>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (nodes[i] is { } node)
            {
                found.Add(keys[i], node);
            }
        }

        return found;
    }
}
