using System.Linq.Expressions;
using ClientPortal.GraphQL;

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

    // (a, b) beyond (x, y), column by column: a > x or (a = x and b > y).
    private Expression<Func<T, bool>> Beyond(string cursor, bool reverse)
    {
        var values = Cursor.Decode(cursor, [.. _columns.Select(c => c.Column.ReturnType)]);
        if (values.Contains(null))
        {
            throw new GraphQLException("The cursor is not one of this list. Pass a cursor from pageInfo or edges of the same list unchanged.", "BAD_CURSOR");
        }

        var row = Expression.Parameter(typeof(T), "row");
        Expression? beyond = null;
        for (var i = _columns.Count - 1; i >= 0; i--)
        {
            var (lambda, descending) = _columns[i];
            var column = new Rebind(lambda.Parameters[0], row).Visit(lambda.Body);
            // A field of a closure, so that EF Core sends a parameter and one plan serves every cursor.
            var value = Expression.Property(Expression.Constant(Activator.CreateInstance(typeof(Box<>).MakeGenericType(column.Type), values[i])), "Value");
            var further = Compare(column, value, descending != reverse);
            beyond = beyond is null ? further : Expression.OrElse(further, Expression.AndAlso(Expression.Equal(column, value), beyond));
        }

        return Expression.Lambda<Func<T, bool>>(beyond!, row); // a keyset has at least one column
    }

    private static BinaryExpression Compare(Expression column, Expression value, bool less)
    {
        if (column.Type == typeof(string) || column.Type == typeof(Guid))
        {
            (column, value) = (Expression.Call(column, column.Type.GetMethod(nameof(IComparable.CompareTo), [column.Type])!, value), Expression.Constant(0)); // both types have it
        }

        return less ? Expression.LessThan(column, value) : Expression.GreaterThan(column, value);
    }

    private sealed record Box<TValue>(TValue Value);

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
