using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ClientPortal.GraphQL.Language;

/// <summary>
/// Splits UTF-8 text into tokens (section 2.1), one at a time and without allocating. String tokens are checked here, so that
/// an error comes at its own place, and decoded only when the parser wants their value.
/// </summary>
internal ref struct Lexer
{
    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\\n\r"u8);

    private readonly Source _source;
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _maxTokens;
    private readonly int _maxNameLength;
    private int _tokens;

    public Lexer(Source source, ParserOptions options)
    {
        _source = source;
        _text = source.Utf8.Span;
        _maxTokens = options.MaxTokens;
        _maxNameLength = options.MaxNameLength;
        if (_text.Length > options.MaxBytes)
        {
            throw LimitExceeded($"the document is larger than {options.MaxBytes} bytes", 0);
        }

        // 2.1.1: a document is a sequence of Unicode scalar values. Checked once and vectorised, so nothing below meets bad bytes.
        if (!Utf8.IsValid(_text))
        {
            throw Error("The document is not valid UTF-8.", FirstInvalidByte(_text));
        }
    }

    /// <summary>The kind of the current token.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Byte offset of the current token.</summary>
    public int Start { get; private set; }

    /// <summary>Byte offset just after the current token.</summary>
    public int End { get; private set; }

    /// <summary>The current token as written.</summary>
    public readonly ReadOnlySpan<byte> Text => _text[Start..End];

    /// <summary>The decoded value of the current string or block string.</summary>
    public readonly string StringValue => Kind == TokenKind.BlockString
        ? StringLiterals.DecodeBlock(_text[(Start + 3)..(End - 3)])
        : StringLiterals.Decode(_text[(Start + 1)..(End - 1)]);

    public void Advance()
    {
        Start = SkipIgnored(End);
        End = Start + 1;
        if (Start == _text.Length)
        {
            Kind = TokenKind.EndOfFile;
            End = Start;
            return;
        }

        if (++_tokens > _maxTokens)
        {
            throw LimitExceeded($"the document has more than {_maxTokens} tokens", Start);
        }

        switch (_text[Start])
        {
            case (byte)'!': Kind = TokenKind.Bang; break;
            case (byte)'$': Kind = TokenKind.Dollar; break;
            case (byte)'&': Kind = TokenKind.Ampersand; break;
            case (byte)'(': Kind = TokenKind.ParenOpen; break;
            case (byte)')': Kind = TokenKind.ParenClose; break;
            case (byte)':': Kind = TokenKind.Colon; break;
            case (byte)'=': Kind = TokenKind.Equal; break;
            case (byte)'@': Kind = TokenKind.At; break;
            case (byte)'[': Kind = TokenKind.BracketOpen; break;
            case (byte)']': Kind = TokenKind.BracketClose; break;
            case (byte)'{': Kind = TokenKind.BraceOpen; break;
            case (byte)'|': Kind = TokenKind.Pipe; break;
            case (byte)'}': Kind = TokenKind.BraceClose; break;
            case (byte)'.': ReadSpread(); break;
            case (byte)'"': ReadString(); break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): ReadNumber(); break;
            case (byte)'_' or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'): ReadName(); break;
            default: throw UnexpectedCharacter(Start);
        }
    }

    // 2.1.7: white space, line ends, commas, comments and byte order marks mean nothing between tokens.
    private readonly int SkipIgnored(int at)
    {
        while (at < _text.Length)
        {
            switch (_text[at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',':
                    at++;
                    break;
                case (byte)'#':
                    var length = _text[at..].IndexOfAny((byte)'\n', (byte)'\r');
                    at = length < 0 ? _text.Length : at + length;
                    break;
                case 0xEF when _text[at..].StartsWith("\uFEFF"u8):
                    at += 3;
                    break;
                default:
                    return at;
            }
        }

        return at;
    }

    private void ReadName()
    {
        var length = _text[Start..].IndexOfAnyExcept(NameCharacters);
        End = length < 0 ? _text.Length : Start + length;
        Kind = TokenKind.Name;
        if (End - Start > _maxNameLength)
        {
            throw LimitExceeded($"a name has more than {_maxNameLength} characters", Start);
        }
    }

    private void ReadSpread()
    {
        if (!_text[Start..].StartsWith("..."u8))
        {
            throw UnexpectedCharacter(Start);
        }

        End = Start + 3;
        Kind = TokenKind.Spread;
    }

    // 2.9.1 and 2.9.2: no leading zeros, and neither a digit, a dot nor a name may follow.
    private void ReadNumber()
    {
        var at = Start;
        Kind = TokenKind.Int;
        if (At(at) == '-')
        {
            at++;
        }

        if (At(at) == '0')
        {
            at++;
            if (IsDigit(At(at)))
            {
                throw InvalidNumber(at);
            }
        }
        else
        {
            at = ReadDigits(at);
        }

        if (At(at) == '.')
        {
            Kind = TokenKind.Float;
            at = ReadDigits(at + 1);
        }

        if (At(at) is 'e' or 'E')
        {
            Kind = TokenKind.Float;
            at++;
            at = ReadDigits(At(at) is '+' or '-' ? at + 1 : at);
        }

        if (At(at) is '.' or '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
        {
            throw InvalidNumber(at);
        }

        End = at;
    }

    private readonly int ReadDigits(int at)
    {
        if (!IsDigit(At(at)))
        {
            throw InvalidNumber(at);
        }

        while (IsDigit(At(at)))
        {
            at++;
        }

        return at;
    }

    private void ReadString()
    {
        var rest = _text[Start..];
        if (rest.StartsWith("\"\"\""u8))
        {
            ReadBlockString();
            return;
        }

        Kind = TokenKind.String;
        var at = Start + 1;
        while (true)
        {
            var skipped = _text[at..].IndexOfAny(StringEnds);
            at = skipped < 0 ? _text.Length : at + skipped;
            if (At(at) == '"')
            {
                End = at + 1;
                return;
            }

            if (At(at) != '\\')
            {
                throw Error("Unterminated string.", at);
            }

            var length = StringLiterals.ReadEscape(_text[at..], out _);
            if (length == 0)
            {
                throw Error("Invalid escape sequence in a string.", at);
            }

            at += length;
        }
    }

    private void ReadBlockString()
    {
        Kind = TokenKind.BlockString;
        var at = Start + 3;
        while (true)
        {
            var quotes = _text[at..].IndexOf("\"\"\""u8);
            if (quotes < 0)
            {
                throw Error("Unterminated string.", _text.Length);
            }

            at += quotes + 3;
            if (_text[at - 4] != '\\')
            {
                End = at;
                return;
            }
        }
    }

    private readonly int At(int at) => at < _text.Length ? _text[at] : -1;

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private readonly string DescribeCharacter(int at)
    {
        if (at >= _text.Length)
        {
            return "<EOF>";
        }

        Rune.DecodeFromUtf8(_text[at..], out var rune, out _);
        return rune.Value is > 0x1F and < 0x7F ? $"\"{rune}\"" : $"U+{rune.Value:X4}";
    }

    private readonly SyntaxException InvalidNumber(int at) => Error($"Invalid number, found {DescribeCharacter(at)}.", at);

    private readonly SyntaxException UnexpectedCharacter(int at) => Error($"Unexpected character: {DescribeCharacter(at)}.", at);

    public readonly SyntaxException Error(string message, int at) => new($"Syntax error: {message}", _source.LocationOf(at), ErrorCodes.Syntax);

    public readonly SyntaxException LimitExceeded(string message, int at) => new($"Limit exceeded: {message}.", _source.LocationOf(at), ErrorCodes.Limit);

    private static int FirstInvalidByte(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
