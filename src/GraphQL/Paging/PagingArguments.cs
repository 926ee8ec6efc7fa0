namespace ClientPortal.GraphQL;

/// <summary>The arguments of a connection. Checked by the engine before the resolver runs: never negative, never above the limit, never both directions.</summary>
/// <param name="First">The size of a page from the start; null when paging backward.</param>
/// <param name="After">A cursor; the page begins behind it.</param>
/// <param name="Last">The size of a page from the end; null when paging forward.</param>
/// <param name="Before">A cursor; the page ends before it.</param>
public readonly record struct PagingArguments(int? First, string? After = null, int? Last = null, string? Before = null)
{
    /// <summary>The page size when the client names none.</summary>
    public const int DefaultPageSize = 20;

    /// <summary>The largest page.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Whether the page is counted from the end.</summary>
    public bool IsBackward => Last is not null;

    /// <summary>The number of items wanted: <see cref="First"/>, <see cref="Last"/> or the default.</summary>
    public int Size => First ?? Last ?? DefaultPageSize;
}
