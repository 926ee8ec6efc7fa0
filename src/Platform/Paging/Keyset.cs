using System.Linq.Expressions;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Platform.Paging;

/// <summary>
/// The columns that a list is ordered by, the unique one last, and the one that names the parent when each parent has a list of
/// its own. A cursor holds the columns' values, so a page costs the same wherever it begins.
/// </summary>
public sealed class Keyset<T>
    where T : class, new()
{
    private readonly List<(string Name, Type Type, Func<T, object?> Value)> _columns = [];
    private (string Name, Func<T, Guid?> Value)? _parent;
    private bool _descending;

    /// <summary>Adds the next column, smallest first.</summary>
    public Keyset<T> Ascending<TColumn>(Expression<Func<T, TColumn>> column) => Add(column, false);

    /// <summary>Adds the next column, largest first.</summary>
    public Keyset<T> Descending<TColumn>(Expression<Func<T, TColumn>> column) => Add(column, true);

    /// <summary>Says which column names a row's parent.</summary>
    public Keyset<T> Of(Expression<Func<T, Guid?>> parent)
    {
        _parent = (NameOf(parent), parent.Compile());
        return this;
    }

    /// <summary>The cursor of a row.</summary>
    public string CursorOf(T row) => Cursor.Encode([.. _columns.Select(c => c.Value(row))]);

    /// <summary>The parent of a row.</summary>
    internal Guid? ParentOf(T row) => Parent.Value(row);

    /// <summary>The column that names the parent.</summary>
    internal PlainSql ParentColumn => new(Parent.Name);

    /// <summary>The order by clause.</summary>
    internal PlainSql Order(bool reverse) => new(string.Join(", ", _columns.Select(c => c.Name + (_descending != reverse ? " desc" : ""))));

    /// <summary>Adds what the cursors of a page ask for.</summary>
    /// <exception cref="GraphQLException">BAD_CURSOR.</exception>
    internal Conditions Between(Conditions where, PagingArguments paging) =>
        where.With(paging.After is { } after ? Beyond(after, _descending) : null).With(paging.Before is { } before ? Beyond(before, !_descending) : null);

    private (string Name, Func<T, Guid?> Value) Parent => _parent ?? throw new InvalidOperationException($"This order of {typeof(T).Name} does not say Of which parent.");

    private Keyset<T> Add<TColumn>(Expression<Func<T, TColumn>> column, bool descending)
    {
        if (_columns.Count > 0 && _descending != descending)
        {
            throw new ArgumentException("The columns of a keyset go in one direction: rows are compared as a whole.", nameof(descending));
        }

        _descending = descending;
        var read = column.Compile();
        _columns.Add((NameOf(column), typeof(TColumn), row => read(row)));
        return this;
    }

    // (a, b) > (x, y), as one comparison of rows: the only form in which PostgreSQL starts in the middle of an index.
    private FormattableString Beyond(string cursor, bool less)
    {
        var values = Cursor.Decode(cursor, [.. _columns.Select(c => c.Type)]);
        // PostgreSQL knows no NUL, and every time in a cursor of ours is in UTC.
        if (values.Any(v => v is null or DateTimeOffset { Offset.Ticks: not 0 } || (v is string text && text.Contains('\0', StringComparison.Ordinal))))
        {
            throw new GraphQLException("The cursor is not one of this list. Pass a cursor from pageInfo or edges of the same list unchanged.", "BAD_CURSOR");
        }

        var columns = new PlainSql(string.Join(", ", _columns.Select(c => c.Name)));
        var bounds = values.Skip(1).Aggregate<object?, FormattableString>($"{values[0]}", (before, value) => $"{before}, {value}");
        return $"({columns}) {new PlainSql(less ? "<" : ">")} ({bounds})";
    }

    private static string NameOf(LambdaExpression column) =>
        Row<T>.Column(((MemberExpression)(column.Body is UnaryExpression convert ? convert.Operand : column.Body)).Member);
}
