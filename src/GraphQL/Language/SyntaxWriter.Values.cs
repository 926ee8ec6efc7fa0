using System.Globalization;

namespace ClientPortal.GraphQL.Language;

/// <summary>Values, strings and references to types.</summary>
internal sealed partial class SyntaxWriter
{
    private void WriteValue(ValueNode value)
    {
        switch (value)
        {
            case VariableNode n: text.Append('$').Append(n.Name); break;
            case IntValueNode n: text.Append(n.Text); break;
            case FloatValueNode n: text.Append(n.Text); break;
            case BooleanValueNode n: text.Append(n.Value ? "true" : "false"); break;
            case NullValueNode: text.Append("null"); break;
            case EnumValueNode n: text.Append(n.Name); break;
            case StringValueNode n when n.Block && FitsBlockString(n.Value): WriteBlockString(n.Value); break;
            case StringValueNode n: WriteString(n.Value); break;
            case ListValueNode n:
                text.Append('[');
                WriteSeparated(n.Items, ", ");
                text.Append(']');
                break;
            case ObjectValueNode n:
                text.Append('{');
                WriteSeparated(n.Fields, ", ");
                text.Append('}');
                break;
            default: throw new ArgumentException($"Unknown value {value.GetType().Name}.", nameof(value));
        }
    }

    private void WriteType(TypeNode type)
    {
        switch (type)
        {
            case NamedTypeNode n: text.Append(n.Name); break;
            case ListTypeNode n: text.Append('['); WriteType(n.Of); text.Append(']'); break;
            case NonNullTypeNode n: WriteType(n.Of); text.Append('!'); break;
            default: throw new ArgumentException($"Unknown type {type.GetType().Name}.", nameof(type));
        }
    }

    private void WriteDescription(string? description)
    {
        if (description is null)
        {
            return;
        }

        if (FitsBlockString(description))
        {
            WriteBlockString(description);
        }
        else
        {
            WriteString(description);
        }

        NewLine();
    }

    private void WriteString(string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or (>= '\u007F' and <= '\u009F'):
                    text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }

    /// <summary>Whether reading it back gives the same: blank outer lines and common indentation would be lost, and so would carriage returns.</summary>
    private static bool FitsBlockString(string value)
    {
        var lines = value.Split('\n');
        var anyAtMargin = false;
        foreach (var line in lines)
        {
            anyAtMargin |= line.Length > 0 && line[0] is not (' ' or '\t');
        }

        return anyAtMargin && !IsBlank(lines[0]) && !IsBlank(lines[^1]) && !value.Contains('\r', StringComparison.Ordinal);
    }

    private static bool IsBlank(string line) => line.AsSpan().IndexOfAnyExcept(' ', '\t') < 0;

    private void WriteBlockString(string value)
    {
        text.Append("\"\"\"");
        foreach (var line in value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Length == 0)
            {
                text.Append('\n');
            }
            else
            {
                NewLine();
                text.Append(line);
            }
        }

        NewLine();
        text.Append("\"\"\"");
    }
}
