namespace ClientPortal.GraphQL.Language;

/// <summary>A place in a document; line and column count from 1, columns in UTF-16 code units.</summary>
public readonly record struct SourceLocation(int Line, int Column);

/// <summary>The UTF-8 text of a document. Nodes carry byte offsets into it; lines and columns are worked out only for errors.</summary>
public sealed class Source(ReadOnlyMemory<byte> utf8)
{
    /// <summary>The document's bytes.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>Encodes <paramref name="text"/>. Lone surrogates become U+FFFD, which is not a legal character outside of strings and comments.</summary>
    public static Source From(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Line and column of a byte offset. A line ends at LF, CR or CR LF (specification, section 2.1.2).</summary>
    public SourceLocation LocationOf(int offset)
    {
        // Built at the first error only; a document with errors usually has more than one.
        var starts = _lineStarts ??= LineStarts();
        var line = Array.BinarySearch(starts, offset);
        line = line < 0 ? ~line : line + 1;
        var start = starts[line - 1];
        return new SourceLocation(line, System.Text.Encoding.UTF8.GetCharCount(Utf8.Span[start..Math.Min(offset, Utf8.Length)]) + 1);
    }

    private int[]? _lineStarts;

    private int[] LineStarts()
    {
        var starts = new List<int> { 0 };
        var bytes = Utf8.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n' || (bytes[i] == (byte)'\r' && !(i + 1 < bytes.Length && bytes[i + 1] == (byte)'\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
