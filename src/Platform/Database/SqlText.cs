using System.Globalization;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// A statement made of interpolated strings. What stands in a hole travels as a parameter, never as text, so no value can change
/// the statement; an interpolated string in a hole becomes part of the text, with parameters of its own.
/// </summary>
internal sealed class SqlText
{
    private readonly List<NpgsqlParameter> _parameters = [];

    private readonly DbSession? _session;

    private SqlText(DbSession? session) => _session = session;

    /// <param name="sql">The statement.</param>
    /// <param name="session">Whose it is; null for that of a role without sessions.</param>
    public static NpgsqlBatchCommand Command(FormattableString sql, DbSession? session)
    {
        var text = new SqlText(session);
        var command = new NpgsqlBatchCommand(text.Write(sql));
        command.Parameters.AddRange(text._parameters.ToArray());
        return command;
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
                _parameters.Add(new NpgsqlParameter { Value = ValueOf(hole) });
                return $"${_parameters.Count}";
        }
    }

    private static object ValueOf(object? hole) => hole switch
    {
        null => DBNull.Value,
        Enum value => Stored.Text(value),
        DateTimeOffset time => time.ToUniversalTime(), // the only offset that Npgsql takes
        IReadOnlyList<Guid> ids => ids as Guid[] ?? [.. ids],
        _ => hole,
    };
}
