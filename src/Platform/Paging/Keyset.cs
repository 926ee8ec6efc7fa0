using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using ClientPortal.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Platform.Paging;

/// <summary>The columns that a list is ordered by, the unique one last. A cursor holds their values, so a page costs the same wherever it begins.</summary>
public sealed class Keyset<T>
{
    private readonly List<(LambdaExpression Column, bool Descending)> _columns = [];
    private readonly List<Func<T, object?>> _values = [];

    /// <summary>Adds the next column, smallest first.</summary>
    public Keyset<T> Ascending<TColumn>(Expression<Func<T, TColumn>> column) => Add(column, false);

    /// <summary>Adds the next column, largest first.</summary>
    public Keyset<T> Descending<TColumn>(Expression<Func<T, TColumn>> column) => Add(column, true);

    /// <summary>The cursor of a row.</summary>
    public string CursorOf(T row) => Cursor.Encode([.. _values.Select(v => v(row))]);

    /// <summary>The rows between the cursors, in the order asked for and at most <paramref name="limit"/>.</summary>
    /// <exception cref="GraphQLException">BAD_CURSOR.</exception>
    internal IQueryable<T> Apply(IQueryable<T> list, PagingArguments paging, int limit)
    {
        list = paging.After is { } after ? list.Where(Beyond(after, reverse: false)) : list;
        list = paging.Before is { } before ? list.Where(Beyond(before, reverse: true)) : list;
        return Order(list, paging.IsBackward).Take(limit);
    }

    private Keyset<T> Add<TColumn>(Expression<Func<T, TColumn>> column, bool descending)
    {
        if (_columns.Count > 0 && _columns[0].Descending != descending)
        {
            throw new ArgumentException("The columns of a keyset go in one direction: rows are compared as a whole.", nameof(descending));
        }

        _columns.Add((column, descending));
        var read = column.Compile();
        _values.Add(row => read(row));
        return this;
    }

    private IQueryable<T> Order(IQueryable<T> list, bool reverse)
    {
        var expression = list.Expression;
        foreach (var (column, descending) in _columns)
        {
            var method = (expression == list.Expression ? "OrderBy" : "ThenBy") + (descending != reverse ? "Descending" : "");
            expression = Expression.Call(typeof(Queryable), method, [typeof(T), column.ReturnType], expression, Expression.Quote(column));
        }

        return list.Provider.CreateQuery<T>(expression);
    }

    // (a, b) > (x, y), as one comparison of rows: the only form in which PostgreSQL starts in the middle of an index.
    private Expression<Func<T, bool>> Beyond(string cursor, bool reverse)
    {
        var values = Cursor.Decode(cursor, [.. _columns.Select(c => c.Column.ReturnType)]);
        // PostgreSQL knows no NUL, and Npgsql takes times in UTC alone: neither comes from us.
        if (values.Any(v => v is null or DateTimeOffset { Offset.Ticks: not 0 } || (v is string text && text.Contains('\0', StringComparison.Ordinal))))
        {
            throw new GraphQLException("The cursor is not one of this list. Pass a cursor from pageInfo or edges of the same list unchanged.", "BAD_CURSOR");
        }

        var row = Expression.Parameter(typeof(T), "row");
        var columns = _columns.Select(c => new Rebind(c.Column.Parameters[0], row).Visit(c.Column.Body)).ToArray();
        // Fields of closures, so that EF Core sends parameters and one plan serves every cursor.
        var bounds = columns.Select((c, i) => Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(StrongBox<>).MakeGenericType(c.Type), values[i])), nameof(StrongBox<>.Value)));
        var less = _columns[0].Descending != reverse;
        return Expression.Lambda<Func<T, bool>>(
            Expression.Call(
                typeof(NpgsqlDbFunctionsExtensions),
                less ? nameof(NpgsqlDbFunctionsExtensions.LessThan) : nameof(NpgsqlDbFunctionsExtensions.GreaterThan),
                null,
                Expression.Constant(EF.Functions),
                Row(columns),
                Row([.. bounds])),
            row);
    }

    private static UnaryExpression Row(Expression[] values) =>
        Expression.Convert(Expression.Call(typeof(ValueTuple), nameof(ValueTuple.Create), [.. values.Select(v => v.Type)], values), typeof(ITuple));

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
