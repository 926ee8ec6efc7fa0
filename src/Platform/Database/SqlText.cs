using System.Globalization;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// A statement made of interpolated strings. What stands in a hole travels as a parameter, never as text, so no value can change
/// the statement; an interpolated string in a hole becomes part of the text, with parameters of its own.
/// </summary>
internal sealed class SqlText
{
    private static readonly string[] Places = [.. Enumerable.Range(1, 20).Select(Place)];

    private readonly NpgsqlBatchCommand _command = new();

    private readonly DbSession? _session;

    private SqlText(DbSession? session) => _session = session;

    /// <param name="sql">The statement.</param>
    /// <param name="session">Whose it is; null for that of a role without sessions.</param>
    public static NpgsqlBatchCommand Command(FormattableString sql, DbSession? session)
    {
        var text = new SqlText(session);
        text._command.CommandText = text.Write(sql);
        return text._command;
    }

    private string Write(FormattableString sql) =>
        string.Format(CultureInfo.InvariantCulture, sql.Format, Array.ConvertAll(sql.GetArguments(), Write));

    private object Write(object? hole)
    {
        switch (hole)
        {
            case FormattableString part:
                return Write(part);
            case PlainSql plain:
                return plain.Text;
            case RecordTable table:
                return table.For(_session);
            default:
                _command.Parameters.Add(Parameter(hole));
                var count = _command.Parameters.Count;
                return count <= Places.Length ? Places[count - 1] : Place(count);
        }
    }

    private static string Place(int number) => $"${number}";

    // What nearly every statement has travels without being boxed, and without its type being looked up.
    private static NpgsqlParameter Parameter(object? hole) => hole switch
    {
        Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
        Guid[] ids => new NpgsqlParameter<Guid[]> { TypedValue = ids },
        string text => new NpgsqlParameter<string> { TypedValue = text },
        _ => new NpgsqlParameter { Value = ValueOf(hole) },
    };

    private static object ValueOf(object? hole) => hole switch
    {
        null => DBNull.Value,
        Enum value => Stored.Text(value),
        DateTimeOffset time => time.ToUniversalTime(), // the only offset that Npgsql takes
        IReadOnlyList<Guid> ids => ids as Guid[] ?? [.. ids],
        _ => hole,
    };
}
