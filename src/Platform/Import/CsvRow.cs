using System.Text.Unicode;
using CsvHelper;

namespace ClientPortal.Platform.Import;

/// <summary>One row. Its getters report what is wrong and give a harmless value in its place, so a row's other columns are checked too; <see cref="IsValid"/> tells at the end.</summary>
public sealed partial class CsvRow
{
    private readonly CsvFile _file;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    internal CsvRow(CsvFile file, CsvReader reader)
    {
        _file = file;
        _reader = reader;
    }

    /// <summary>The line on which the row starts, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether nothing was wrong with it so far.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The column's text as it stands.</summary>
    public string this[string column] => _reader.GetString(Array.IndexOf(_file.Header, column));

    /// <summary>Reports what is wrong in a column.</summary>
    public void Fail(string? column, string what)
    {
        IsValid = false;
        _file.Fail(Line, column, what);
    }

    /// <summary>Text of one line, at least one character and at most <paramref name="max"/>.</summary>
    public string Text(string column, int max)
    {
        if (string.IsNullOrWhiteSpace(this[column]))
        {
            Fail(column, "is empty; expected a text");
            return "";
        }

        return OptionalText(column, max) ?? "";
    }

    /// <summary>Text of one line, or null when empty.</summary>
    public string? OptionalText(string column, int max) => Checked(column, max, lines: false);

    /// <summary>Text that may have several lines, or null when empty.</summary>
    public string? Note(string column, int max) => Checked(column, max, lines: true);

    /// <summary>The key of the row: a text that no other row of the file has.</summary>
    public string Key(string column, int max)
    {
        var key = Text(column, max);
        if (key.Length > 0 && !_lines.TryAdd(key, Line))
        {
            Fail(column, $"{Quote(key)} is on line {_lines[key]} already; expected each once");
        }

        return key;
    }

    /// <summary>One of the words; given back in upper case, as it is stored.</summary>
    public string Choice(string column, params ReadOnlySpan<string> words)
    {
        var text = this[column];
        foreach (var word in words)
        {
            if (word == text)
            {
                return word.ToUpperInvariant();
            }
        }

        Fail(column, $"{Quote(text)} is unknown; expected one of {string.Join(", ", words!)}");
        return "";
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string column)
    {
        var text = this[column];
        if (text is not ("true" or "false"))
        {
            Fail(column, $"{Quote(text)} is neither; expected true or false");
        }

        return text == "true";
    }

    /// <summary>An ISO 4217 code.</summary>
    public string Currency(string column)
    {
        var text = this[column];
        if (!Currencies.IsKnown(text))
        {
            Fail(column, $"{Quote(text)} is no currency; expected an ISO 4217 code such as EUR");
        }

        return text;
    }

    /// <summary>An e-mail address, or null when empty.</summary>
    public EmailAddress? OptionalEmail(string column)
    {
        var text = this[column];
        return text.Length == 0 ? null : Email(column, text);
    }

    /// <summary>An e-mail address that is part of a column.</summary>
    public EmailAddress? Email(string column, string text)
    {
        if (!EmailAddress.TryParse(text, out var address))
        {
            Fail(column, $"{Quote(text)} is no e-mail address; expected one such as name@example.com");
        }

        return address;
    }

    /// <summary>The record that the column names, or null: then it is reported, or its own row was.</summary>
    public T? Reference<T>(string column, Known<T> known)
        where T : class
    {
        var key = this[column];
        if (known.Find(key) is { } record)
        {
            return record;
        }

        IsValid = false;
        if (!known.IsExcused(key))
        {
            Fail(column, key.Length == 0 ? $"is empty; expected {known.Noun}" : $"{Quote(key)} is unknown; expected {known.Noun} of {known.File} or of the portal");
        }

        return null;
    }

    // Whether the row can be used at all.
    internal bool Begin()
    {
        Line = (int)_reader.LineNumber;
        IsValid = true;
        if (_reader.FieldCount != _file.Header.Length)
        {
            Fail(null, $"has {Say(_reader.FieldCount)} fields; expected {Say(_file.Header.Length)}");
        }
        else if (!Utf8.IsValid(_reader.RawRecord))
        {
            for (var i = 0; i < _file.Header.Length; i++)
            {
                if (!Utf8.IsValid(_reader.GetSpan(i)))
                {
                    Fail(_file.Header[i], $"{Quote(_reader.GetString(i))} is not UTF-8; expected a file in UTF-8");
                }
            }
        }

        return IsValid;
    }

    internal static string Quote(string text)
    {
        var shown = string.Concat((text.Length > 60 ? text[..60] : text).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
        return text.Length > 60 ? $"\"{shown}…\"" : $"\"{shown}\"";
    }

    private string? Checked(string column, int max, bool lines)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
        {
            Fail(column, $"{Quote(text)} has control characters; expected {(lines ? "none but line breaks" : "one line without any")}");
        }
        else if (text.Length > max && text.EnumerateRunes().Count() is var length && length > max)
        {
            Fail(column, $"has {Say(length)} characters; expected at most {Say(max)}");
        }

        return text;
    }
}
