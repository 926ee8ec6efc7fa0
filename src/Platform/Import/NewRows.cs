using Npgsql;

namespace ClientPortal.Platform.Import;

/// <summary>
/// New rows of one table. They go by binary COPY into a temporary table, some thousands at a time, and from there into the
/// table itself: COPY FROM is refused where row-level security is on.
/// </summary>
public sealed class NewRows
{
    private const int RowsACopy = 5_000;

    private readonly ImportContext _context;
    private readonly string _table;
    private readonly string _columns;
    private readonly string _waiting;
    private readonly List<object?[]> _rows = [];
    private long _copied;

    internal NewRows(ImportContext context, string table, string[] columns)
    {
        _context = context;
        _table = table;
        _columns = string.Join(", ", columns);
        _waiting = $"new_{table.Replace('.', '_')}";
    }

    /// <summary>Adds a row, its values in the order of the columns.</summary>
    public async Task AddAsync(object?[] values, CancellationToken cancellationToken)
    {
        _rows.Add(values);
        if (_rows.Count == RowsACopy)
        {
            await CopyAsync(cancellationToken);
        }
    }

    /// <summary>Writes the rows into the table, unless anything is wrong in any file by now.</summary>
    /// <exception cref="FatalException">Someone added one of them at this moment.</exception>
    public async Task InsertAsync(CancellationToken cancellationToken)
    {
        await CopyAsync(cancellationToken);
        if (_copied == 0 || _context.Errors.Count > 0)
        {
            return;
        }

        var inserted = await ExecuteAsync($"insert into {_table} ({_columns}) select {_columns} from {_waiting} on conflict do nothing", cancellationToken);
        if (inserted != _copied)
        {
            throw new FatalException($"Others added rows to {_table} while the import was running; nothing was written. Run it again.");
        }

        _context.Written[_table] = inserted;
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count == 0 || _context.Errors.Count > 0)
        {
            _rows.Clear();
            return;
        }

        if (_copied == 0)
        {
            await ExecuteAsync($"create temp table {_waiting} on commit drop as select {_columns} from {_table} with no data", cancellationToken);
        }

        await using (var copy = await _context.Connection.BeginBinaryImportAsync($"copy {_waiting} ({_columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (var row in _rows)
            {
                await copy.WriteRowAsync(cancellationToken, row);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        _copied += _rows.Count;
        _rows.Clear();
    }

    private async Task<long> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // names of tables and columns, constants of the module that owns them
        await using var command = new NpgsqlCommand(sql, _context.Connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
