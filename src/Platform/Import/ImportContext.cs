using Npgsql;

namespace ClientPortal.Platform.Import;

/// <summary>One import under way: its folder, its transaction's connection, what was found wrong, and what steps tell each other.</summary>
public sealed class ImportContext
{
    private readonly string _folder;
    private readonly IProgress<ImportProgress>? _progress;
    private readonly Dictionary<Type, object> _shared = [];
    private readonly List<CsvFile> _files = [];
    private readonly long _totalBytes;
    private long _readBytes;

    internal ImportContext(string folder, NpgsqlConnection connection, IProgress<ImportProgress>? progress)
    {
        _folder = folder;
        _progress = progress;
        _totalBytes = Directory.EnumerateFiles(folder, "*.csv").Sum(path => new FileInfo(path).Length);
        Connection = connection;
    }

    /// <summary>The connection, inside the import's transaction.</summary>
    public NpgsqlConnection Connection { get; }

    internal ImportErrors Errors { get; } = new();

    internal IReadOnlyList<CsvFile> Files => _files;

    internal Dictionary<string, long> Written { get; } = [];

    /// <summary>Opens a file of the folder and checks that it is there and has this header, in this order.</summary>
    public CsvFile Open(string name, params string[] header)
    {
        var file = new CsvFile(Path.Combine(_folder, name), name, header, order: _files.Count, Errors, ReportRead);
        file.CheckHeader();
        _files.Add(file);
        return file;
    }

    /// <summary>Whether a file opened before could be read: what is missing from one that could not is no one's fault.</summary>
    public bool CouldRead(string name) => _files.Single(file => file.Name == name).IsReadable;

    /// <summary>Tells how records of the kind <typeparamref name="T"/> that other rows refer to are found in the database. Said once, by the kind's owner.</summary>
    /// <param name="file">The file that brings new ones; while it cannot be read, missing references to them are not reported.</param>
    /// <param name="noun">What a row of it is called in messages, with its article, e.g. <c>an invoice</c>.</param>
    /// <param name="sql">Selects records by their keys, <c>text[]</c> parameter <c>$1</c>; the first column is the key.</param>
    /// <param name="read">Makes the record of a row; given what an earlier row with the same key made.</param>
    public Known<T> Know<T>(CsvFile file, string noun, string sql, Func<NpgsqlDataReader, T?, T> read)
        where T : class => Share(new Known<T>(Connection, file, noun, sql, read));

    /// <summary>The records of a kind, from the files read so far and the database.</summary>
    public Known<T> Known<T>()
        where T : class => Shared<Known<T>>();

    /// <summary>Gives later steps something of this one's.</summary>
    public T Share<T>(T something)
        where T : class
    {
        _shared.Add(typeof(T), something);
        return something;
    }

    /// <summary>What an earlier step shared.</summary>
    public T Shared<T>()
        where T : class => (T)_shared[typeof(T)];

    /// <summary>Starts to collect new rows of a table.</summary>
    /// <param name="table">With its schema, e.g. <c>billing.invoice</c>.</param>
    /// <param name="columns">The columns that rows carry, in this order.</param>
    public NewRows NewRows(string table, params string[] columns) => new(this, table, columns);

    private void ReportRead(string file, long bytes)
    {
        _readBytes += bytes;
        _progress?.Report(new ImportProgress(file, _totalBytes == 0 ? 1 : Math.Min(1, (double)_readBytes / _totalBytes)));
    }
}
