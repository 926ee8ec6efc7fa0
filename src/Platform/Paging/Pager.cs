using System.Linq.Expressions;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Platform.Paging;

/// <summary>Reads pages of a module's lists as the branch's session: one statement a list, or one for the same list of many parents.</summary>
public sealed class Pager<TDb>(DbContexts<TDb> contexts, DbSession session)
    where TDb : PortalDb
{
    /// <summary>A page of a list. The count is a statement of its own, run only when asked for.</summary>
    /// <param name="list">The whole list, filtered but not ordered.</param>
    /// <param name="order">Its order.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task<Connection<T>> PageAsync<T>(Func<TDb, IQueryable<T>> list, Keyset<T> order, PagingArguments paging, CancellationToken cancellationToken)
    {
        await using var db = contexts.Open(session);
        var rows = await order.Apply(list(db), paging, paging.Size + 1).ToListAsync(cancellationToken);
        return ToConnection(rows, order, paging, async countCancellation =>
        {
            await using var counting = contexts.Open(session);
            return await list(counting).CountAsync(countCancellation);
        });
    }

    /// <summary>The same page of the list of each parent, in the parents' order.</summary>
    /// <param name="parents">The parents' ids.</param>
    /// <param name="list">The list of all parents, filtered but not ordered.</param>
    /// <param name="parentOf">The column that names a row's parent.</param>
    /// <param name="order">The order of each list.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task<IReadOnlyList<Connection<T>>> PagesAsync<T>(IReadOnlyList<Guid> parents, Func<TDb, IQueryable<T>> list, Expression<Func<T, Guid>> parentOf, Keyset<T> order, PagingArguments paging, CancellationToken cancellationToken)
    {
        IQueryable<T> ListOf(TDb db, Guid parent) => list(db).Where(Equals(parentOf, parent));
        if (parents.Count == 1)
        {
            return [await PageAsync(db => ListOf(db, parents[0]), order, paging, cancellationToken)];
        }

        await using var db = contexts.Open(session);
        var ids = parents.Distinct().ToArray();
        var rows = await db.Database.SqlQuery<Guid>($"select unnest({ids}) as \"Value\"")
            .SelectMany(Correlate(order.Apply(list(db), paging, paging.Size + 1), parentOf))
            .ToListAsync(cancellationToken);
        var byParent = rows.ToLookup(parentOf.Compile(preferInterpretation: true));
        var counts = new SharedCounts(countCancellation => CountAsync(ids, list, parentOf, countCancellation));
        return [.. parents.Select(p => ToConnection([.. byParent[p]], order, paging, countCancellation => counts.OfAsync(p, countCancellation)))];
    }

    // The sizes of all parents' lists, in one statement.
    private async Task<Dictionary<Guid, int>> CountAsync<T>(Guid[] parents, Func<TDb, IQueryable<T>> list, Expression<Func<T, Guid>> parentOf, CancellationToken cancellationToken)
    {
        var isOneOfThem = Expression.Lambda<Func<T, bool>>(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], Parameter(parents), parentOf.Body), parentOf.Parameters);
        await using var db = contexts.Open(session);
        return await list(db).Where(isOneOfThem).GroupBy(parentOf).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
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

    private static Connection<T> ToConnection<T>(List<T> rows, Keyset<T> order, PagingArguments paging, Func<CancellationToken, ValueTask<int>> count)
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
            [.. rows.Select(r => new Edge<T>(r, order.CursorOf(r)))],
            paging.IsBackward ? paging.Before is not null : more,
            paging.IsBackward ? more : paging.After is not null,
            count);
    }

    private static Expression<Func<T, bool>> Equals<T>(Expression<Func<T, Guid>> column, Guid value) =>
        Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, Parameter(value)), column.Parameters);

    // A member of an object, which EF Core sends as a parameter; a constant would be compiled into a query of its own each time.
    private static MemberExpression Parameter<TValue>(TValue value)
    {
        var box = new { Value = value };
        return Expression.Property(Expression.Constant(box), nameof(box.Value));
    }

    // parent => page.Where(row => parentOf(row) == parent), with the condition beneath the page's order and limit.
    private static Expression<Func<Guid, IEnumerable<T>>> Correlate<T>(IQueryable<T> page, Expression<Func<T, Guid>> parentOf)
    {
        var parent = Expression.Parameter(typeof(Guid), "parent");
        var condition = Expression.Lambda<Func<T, bool>>(Expression.Equal(parentOf.Body, parent), parentOf.Parameters);
        return Expression.Lambda<Func<Guid, IEnumerable<T>>>(new PutBeneathOrder<T>(condition).Visit(page.Expression), parent);
    }

    private sealed class PutBeneathOrder<T>(Expression<Func<T, bool>> condition) : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.Name is nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending))
            {
                var filtered = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], node.Arguments[0], Expression.Quote(condition));
                return node.Update(null, [filtered, node.Arguments[1]]);
            }

            return node.Update(null, [Visit(node.Arguments[0]), .. node.Arguments.Skip(1)]);
        }
    }
}
