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
        var bytes = Utf8.Span[..Math.Min(offset, Utf8.Length)];
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n' || (bytes[i] == (byte)'\r' && !(i + 1 < Utf8.Length && Utf8.Span[i + 1] == (byte)'\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return new SourceLocation(line, System.Text.Encoding.UTF8.GetCharCount(bytes[lineStart..]) + 1);
    }
}
