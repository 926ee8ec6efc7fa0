using System.Globalization;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Platform.Paging;

/// <summary>Reads pages of lists: one statement a list, or one for the same list of many parents, and one for all their counts if asked for.</summary>
public static class Pages
{
    /// <summary>A page of a list.</summary>
    /// <param name="sql">Whose rows.</param>
    /// <param name="order">The list's order.</param>
    /// <param name="where">The list's conditions.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">The request's.</param>
    public static async Task<Connection<T>> PageAsync<T>(this Statements sql, Keyset<T> order, Conditions where, PagingArguments paging, CancellationToken cancellationToken)
        where T : class, new()
    {
        var rows = await sql.RowsAsync<T>($"{order.Between(where, paging).Where} order by {order.Order(paging.IsBackward)} limit {Limit(paging)}", cancellationToken);
        return ToConnection(rows, order, paging, async countCancellation =>
            (await sql.QueryAsync($"select count(*)::int from {Row<T>.Table} {where.Where}", r => r.GetInt32(0), countCancellation))[0]);
    }

    /// <summary>The same page of the list of each parent, in the parents' order.</summary>
    /// <param name="sql">Whose rows.</param>
    /// <param name="parents">The parents' ids.</param>
    /// <param name="order">The order of each list, with the column that names the parent.</param>
    /// <param name="where">The conditions of each list, besides its parent.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">The request's.</param>
    public static async Task<IReadOnlyList<Connection<T>>> PagesAsync<T>(this Statements sql, IReadOnlyList<Guid> parents, Keyset<T> order, Conditions where, PagingArguments paging, CancellationToken cancellationToken)
        where T : class, new()
    {
        if (parents.Count == 1)
        {
            return [await sql.PageAsync(order, where.With($"{order.ParentColumn} = {parents[0]}"), paging, cancellationToken)];
        }

        var ids = parents.Distinct().ToArray();
        var page = order.Between(where, paging).With($"{order.ParentColumn} = parent.id");
        var rows = await sql.QueryAsync(
            $"""
            select page.* from unnest({ids}) with ordinality as parent (id, place)
            cross join lateral (select {Row<T>.Columns} from {Row<T>.Table} {page.Where} order by {order.Order(paging.IsBackward)} limit {Limit(paging)}) page
            order by place, {order.Order(paging.IsBackward)}
            """, Row<T>.Read, cancellationToken);
        var byParent = rows.ToLookup(order.ParentOf);
        var counts = new SharedCounts(async countCancellation => (await sql.QueryAsync(
            $"select {order.ParentColumn}, count(*)::int from {Row<T>.Table} {where.With($"{order.ParentColumn} = any({ids})").Where} group by 1",
            r => (Parent: r.GetGuid(0), Count: r.GetInt32(1)), countCancellation)).ToDictionary(c => c.Parent, c => c.Count));
        return [.. parents.Select(p => ToConnection([.. byParent[p]], order, paging, countCancellation => counts.OfAsync(p, countCancellation)))];
    }

    // One more than the page, to know whether there are more. As text: the planner then knows how few are wanted, and keeps its plan.
    private static PlainSql Limit(PagingArguments paging) => new((paging.Size + 1).ToString(CultureInfo.InvariantCulture));

    private static Connection<T> ToConnection<T>(List<T> rows, Keyset<T> order, PagingArguments paging, Func<CancellationToken, ValueTask<int>> count)
        where T : class, new()
    {
        var more = rows.Count > paging.Size;
        if (more)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (paging.IsBackward)
        {
            rows.Reverse();
        }

        return new Connection<T>(
            rows,
            order.CursorOf,
            paging.IsBackward ? paging.Before is not null : more,
            paging.IsBackward ? more : paging.After is not null,
            count);
    }

    // Counts once, when the first parent's count is asked for.
    private sealed class SharedCounts(Func<CancellationToken, Task<Dictionary<Guid, int>>> count)
    {
        private readonly Lock _gate = new();
        private Task<Dictionary<Guid, int>>? _counts;

        public async ValueTask<int> OfAsync(Guid parent, CancellationToken cancellationToken)
        {
            Task<Dictionary<Guid, int>> counts;
            lock (_gate)
            {
                counts = _counts ??= count(cancellationToken);
            }

            return (await counts).GetValueOrDefault(parent);
        }
    }
}
