using System.Buffers;
using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>What string and block string literals stand for (section 2.9.4).</summary>
internal static class StringLiterals
{
    /// <summary>The value of the text between the quotes, whose escapes the lexer has checked.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        var escape = text.IndexOf((byte)'\\');
        if (escape < 0)
        {
            return Encoding.UTF8.GetString(text);
        }

        var value = new StringBuilder(text.Length);
        while (escape >= 0)
        {
            value.Append(Encoding.UTF8.GetString(text[..escape]));
            text = text[(escape + ReadEscape(text[escape..], out var rune))..];
            value.Append(rune.ToString());
            escape = text.IndexOf((byte)'\\');
        }

        return value.Append(Encoding.UTF8.GetString(text)).ToString();
    }

    /// <summary>Reads the escape at the start of <paramref name="text"/>. Returns its length in bytes, 0 when it is not a legal one.</summary>
    public static int ReadEscape(ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = default;
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] == 'u')
        {
            return ReadUnicodeEscape(text, out rune);
        }

        var index = "\"\\/bfnrt"u8.IndexOf(text[1]);
        if (index < 0)
        {
            return 0;
        }

        rune = new Rune("\"\\/\b\f\n\r\t"[index]);
        return 2;
    }

    // \u{...} is one scalar value of any number of digits; \uXXXX is a UTF-16 code unit, so a surrogate needs its partner in the same form.
    private static int ReadUnicodeEscape(ReadOnlySpan<byte> text, out Rune rune)
    {
        if (text.Length > 2 && text[2] == '{')
        {
            var digits = text[3..].IndexOfAnyExcept(HexDigits);
            rune = default;
            var closed = digits > 0 && text[3 + digits] == '}';
            return closed && ReadHex(text.Slice(3, digits)) is { } value && Rune.TryCreate(value, out rune) ? digits + 4 : 0;
        }

        if (ReadCodeUnit(text) is not { } first)
        {
            rune = default;
            return 0;
        }

        if (Rune.TryCreate(first, out rune))
        {
            return 6;
        }

        return ReadCodeUnit(text[6..]) is { } second && Rune.TryCreate(first, second, out rune) ? 12 : 0;
    }

    private static char? ReadCodeUnit(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && ReadHex(text[2..6]) is { } value ? (char)value : null;

    /// <summary>The number, null when a digit is not one or the number is above U+10FFFF.</summary>
    private static int? ReadHex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit) || value > 0x10FFFF)
            {
                return null;
            }

            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    /// <summary>The BlockStringValue() algorithm: common indentation and blank first and last lines do not belong to the value.</summary>
    public static string DecodeBlock(ReadOnlySpan<byte> text)
    {
        var raw = Encoding.UTF8.GetString(text).Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal);
        var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var indent = int.MaxValue;
        var first = -1;
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var leading = lines[i].AsSpan().IndexOfAnyExcept(' ', '\t');
            if (leading < 0)
            {
                continue;
            }

            first = first < 0 ? i : first;
            last = i;
            indent = i == 0 ? indent : Math.Min(indent, leading);
        }

        if (first < 0)
        {
            return "";
        }

        var value = new StringBuilder(raw.Length);
        for (var i = first; i <= last; i++)
        {
            var line = lines[i];
            value.Append(i == 0 ? line : line.AsSpan(Math.Min(indent, line.Length)));
            if (i < last)
            {
                value.Append('\n');
            }
        }

        return value.ToString();
    }
}
