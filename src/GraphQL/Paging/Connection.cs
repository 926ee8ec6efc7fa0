namespace ClientPortal.GraphQL;

/// <summary>A page of a list (Relay's cursor connections).</summary>
/// <typeparam name="T">The node.</typeparam>
/// <param name="nodes">The nodes of the page, in order.</param>
/// <param name="cursorOf">A node's place in the list, opaque to clients; see <see cref="Cursor"/>. Run only for the cursors asked for.</param>
/// <param name="hasNextPage">Whether more follow.</param>
/// <param name="hasPreviousPage">Whether some come before.</param>
/// <param name="totalCount">Counts the whole list; run only when asked for.</param>
public sealed class Connection<T>(IReadOnlyList<T> nodes, Func<T, string> cursorOf, bool hasNextPage, bool hasPreviousPage, Func<CancellationToken, ValueTask<int>> totalCount) : IConnection
{
    /// <summary>The nodes.</summary>
    public IReadOnlyList<T> Nodes => nodes;

    /// <summary>The nodes with their cursors.</summary>
    public IReadOnlyList<Edge<T>> Edges => [.. nodes.Select(n => new Edge<T>(n, cursorOf(n)))];

    /// <summary>Whether there is more in either direction.</summary>
    public PageInfo PageInfo => new(hasNextPage, hasPreviousPage, nodes.Count > 0 ? cursorOf(nodes[0]) : null, nodes.Count > 0 ? cursorOf(nodes[^1]) : null);

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
