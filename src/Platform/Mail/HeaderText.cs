using System.Globalization;
using System.Text;

namespace ClientPortal.Platform.Mail;

/// <summary>Text from people on its way into a header or a line of a mail.</summary>
public static class HeaderText
{
    /// <summary>The text on one line: a line break or control character becomes a space, so nothing in a name can begin another header.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var breaks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            line.Append(breaks ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }
}
