using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>Writes a document, or any part of one, as text. Parsing the text gives an equal tree.</summary>
public static class Printer
{
    /// <summary>The text of <paramref name="node"/>, indented by two spaces; without a line end at the end.</summary>
    public static string Print(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var writer = new SyntaxWriter(new StringBuilder());
        writer.Write(node);
        return writer.ToString();
    }
}
