namespace ClientPortal.GraphQL;

/// <summary>A page of a list (Relay's cursor connections).</summary>
/// <typeparam name="T">The node.</typeparam>
/// <param name="edges">The nodes of the page with their cursors, in order.</param>
/// <param name="hasNextPage">Whether more follow.</param>
/// <param name="hasPreviousPage">Whether some come before.</param>
/// <param name="totalCount">Counts the whole list; run only when asked for.</param>
public sealed class Connection<T>(IReadOnlyList<Edge<T>> edges, bool hasNextPage, bool hasPreviousPage, Func<CancellationToken, ValueTask<int>> totalCount) : IConnection
{
    /// <summary>The nodes with their cursors.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; } = edges;

    /// <summary>Whether there is more in either direction.</summary>
    public PageInfo PageInfo { get; } = new(hasNextPage, hasPreviousPage, edges.Count > 0 ? edges[0].Cursor : null, edges.Count > 0 ? edges[^1].Cursor : null);

    /// <summary>Counts the whole list.</summary>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) => totalCount(cancellationToken);
}

/// <summary>A node of a page and its cursor.</summary>
/// <typeparam name="T">The node.</typeparam>
/// <param name="Node">The node.</param>
/// <param name="Cursor">Its place in the list, opaque to clients; see <see cref="Cursor"/>.</param>
public sealed record Edge<T>(T Node, string Cursor);

/// <summary>Whether there is more around a page.</summary>
/// <param name="HasNextPage">Whether more follow.</param>
/// <param name="HasPreviousPage">Whether some come before.</param>
/// <param name="StartCursor">The cursor of the page's first node, or null when it is empty.</param>
/// <param name="EndCursor">The cursor of the page's last node, or null when it is empty.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

internal interface IConnection
{
    PageInfo PageInfo { get; }

    ValueTask<int> CountAsync(CancellationToken cancellationToken);
}
