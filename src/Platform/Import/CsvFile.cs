using System.Text.Unicode;
using CsvHelper;

namespace ClientPortal.Platform.Import;

/// <summary>One CSV file (RFC 4180, UTF-8, header row). It is read as a stream, as often as a step needs, and never held whole.</summary>
public sealed class CsvFile
{
    // A quotation mark left open would otherwise swallow the rest of the file.
    private const int LongestRow = 1_000_000;
    private const int RowsBetweenReports = 2_000;

    private readonly string _path;
    private readonly int _order;
    private readonly ImportErrors _errors;
    private readonly Action<string, long> _read;

    internal CsvFile(string path, string name, string[] header, int order, ImportErrors errors, Action<string, long> read)
    {
        _path = path;
        _order = order;
        _errors = errors;
        _read = read;
        Name = name;
        Header = header;
    }

    /// <summary>The file's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>How many of its rows are new.</summary>
    public int Added { get; set; }

    /// <summary>How many of its rows were in the portal before.</summary>
    public int Present { get; set; }

    internal string[] Header { get; }

    internal bool IsReadable { get; private set; }

    /// <summary>Every row in turn: the same object, moved on. Rows that are not UTF-8, not CSV, or of too many or too few fields are reported and passed over.</summary>
    public IEnumerable<CsvRow> Rows(CancellationToken cancellationToken)
    {
        if (!IsReadable)
        {
            yield break;
        }

        using var reader = Open(report: true);
        var row = new CsvRow(this, reader);
        long reported = 0;
        while (TryRead(reader, report: true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.RowNumber % RowsBetweenReports == 0)
            {
                _read(Name, reader.ByteOffset - reported);
                reported = reader.ByteOffset;
            }

            if (row.Begin())
            {
                yield return row;
            }
        }

        _read(Name, new FileInfo(_path).Length - reported);
    }

    /// <summary>The distinct values of one column, for looking up in one go what rows refer to. Reports nothing.</summary>
    public IReadOnlyCollection<string> Values(string column, CancellationToken cancellationToken)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        if (!IsReadable)
        {
            return values;
        }

        var index = Array.IndexOf(Header, column);
        using var reader = Open(report: false);
        while (TryRead(reader, report: false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // PostgreSQL's text holds no NUL; such a row is reported when it is read.
            if (reader.FieldCount > index && reader.GetString(index) is { Length: > 0 } value && !value.Contains('\0', StringComparison.Ordinal))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>Reports what is wrong in a column of a line.</summary>
    public void Fail(int line, string? column, string what) => _errors.Add(_order, Name, line, column, what);

    internal void CheckHeader()
    {
        var expected = string.Join(',', Header);
        if (!File.Exists(_path))
        {
            Fail(0, null, $"the file is missing; expected a CSV file with the header {expected}");
            return;
        }

        if (!StartsAsUtf8())
        {
            Fail(1, null, "is not UTF-8; expected a CSV file in UTF-8");
            return;
        }

        string[] found;
        try
        {
            using var reader = Open(report: false);
            found = [.. reader.Headers];
        }
        catch (CsvFormatException)
        {
            found = ["…"];
        }

        IsReadable = found.SequenceEqual(Header, StringComparer.Ordinal);
        if (!IsReadable)
        {
            Fail(1, null, $"the header is {CsvRow.Quote(string.Join(',', found))}; expected {expected}");
        }
    }

    // UTF-16 and UTF-32 show by their byte order mark or by NULs.
    private bool StartsAsUtf8()
    {
        Span<byte> start = stackalloc byte[256];
        using var stream = File.OpenRead(_path);
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return !start.StartsWith<byte>([0xFF, 0xFE]) && !start.StartsWith<byte>([0xFE, 0xFF]) && !start.Contains((byte)0)
            && Utf8.IsValid(start[..Math.Max(0, start.IndexOf((byte)'\n'))]);
    }

    private CsvReader Open(bool report) => CsvReader.FromFile(_path, new CsvReaderOptions
    {
        Separator = ',',
        TrackLineNumbers = true,
        MaxRecordSize = LongestRow,
        MalformedData = CsvMalformedDataHandling.Skip,
        OnMalformedRecord = report ? ReportMalformed : null,
    });

    private bool TryRead(CsvReader reader, bool report)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException exception)
        {
            if (report)
            {
                Fail((int)exception.LineNumber, null, $"is longer than {LongestRow} bytes; expected less. Is a quotation mark left open?");
            }

            return false;
        }
    }

    private void ReportMalformed(CsvMalformedRecord record) => Fail((int)record.LineNumber, null, record.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a quotation mark is never closed; expected \" at the end of the field, and \"\" for one inside",
        CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quotation mark; expected \"\" for one inside a field",
        _ => "has a quotation mark inside a field without any around it; expected the field in \"…\", and \"\" for one inside",
    });
}
