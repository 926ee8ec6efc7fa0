using Npgsql;
using NpgsqlTypes;

namespace ClientPortal.Platform.Import;

/// <summary>The records of a kind that rows refer to by key: those of its file and, looked up in batches, those of the database.</summary>
public sealed class Known<T>
    where T : class
{
    private readonly NpgsqlConnection _connection;
    private readonly CsvFile _file;
    private readonly string _sql;
    private readonly Func<NpgsqlDataReader, T?, T> _read;
    private readonly Dictionary<string, T?> _records = new(StringComparer.Ordinal);

    internal Known(NpgsqlConnection connection, CsvFile file, string noun, string sql, Func<NpgsqlDataReader, T?, T> read)
    {
        _connection = connection;
        _file = file;
        _sql = sql;
        _read = read;
        Noun = noun;
    }

    internal string Noun { get; }

    internal string File => _file.Name;

    /// <summary>Looks up those of the keys that are not known yet.</summary>
    public async Task LoadAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        string[] missing = [.. keys.Where(key => !_records.ContainsKey(key))];
        if (missing.Length == 0)
        {
            return;
        }

#pragma warning disable CA2100 // the statement is a constant of the module that owns the kind
        await using var command = new NpgsqlCommand(_sql, _connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter { Value = missing, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = reader.GetString(0);
            _records[key] = _read(reader, _records.GetValueOrDefault(key));
        }
    }

    /// <summary>The record with this key.</summary>
    public T? Find(string key) => _records.GetValueOrDefault(key);

    /// <summary>Adds a record of the file, or null for one whose row is bad: whatever refers to it is not to blame.</summary>
    public void Add(string key, T? record) => _records.TryAdd(key, record);

    internal bool IsExcused(string key) => key.Length > 0 && (_records.ContainsKey(key) || !_file.IsReadable);
}
