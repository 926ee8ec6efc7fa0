using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>
/// The recursive-descent parser (appendix B), split by topic of the grammar. One token of lookahead is enough everywhere.
/// Every rule that can contain itself goes through <see cref="Enter"/>, which refuses before the stack is used.
/// </summary>
internal ref partial struct SyntaxReader
{
    private readonly int _maxDepth;
    private readonly Source _source;
    private readonly NameTable _names = new();
    private Lexer _lexer;
    private int _depth;

    public SyntaxReader(Source source, ParserOptions options)
    {
        _source = source;
        _maxDepth = options.MaxDepth;
        _lexer = new Lexer(source, options);
        _lexer.Advance();
    }

    public DocumentNode ReadDocument()
    {
        var definitions = new List<DefinitionNode>();
        do
        {
            definitions.Add(ReadDefinition());
        }
        while (_lexer.Kind != TokenKind.EndOfFile);
        return new DocumentNode(_source, [.. definitions]);
    }

    public ValueNode ReadLoneValue()
    {
        var value = ReadValue(constant: true);
        return _lexer.Kind == TokenKind.EndOfFile ? value : throw Unexpected();
    }

    private DefinitionNode ReadDefinition()
    {
        var start = _lexer.Start;
        if (_lexer.Kind == TokenKind.BraceOpen)
        {
            return new OperationNode(start, null, OperationKind.Query, null, [], [], ReadSelectionSet());
        }

        var description = ReadDescription();
        if (_lexer.Kind == TokenKind.Name)
        {
            switch (_lexer.Text)
            {
                case var t when t.SequenceEqual("query"u8):
                    return ReadOperation(start, description, OperationKind.Query);
                case var t when t.SequenceEqual("mutation"u8):
                    return ReadOperation(start, description, OperationKind.Mutation);
                case var t when t.SequenceEqual("subscription"u8):
                    return ReadOperation(start, description, OperationKind.Subscription);
                case var t when t.SequenceEqual("fragment"u8):
                    return ReadFragment(start, description);
                case var t when t.SequenceEqual("extend"u8) && description is null:
                    _lexer.Advance();
                    return ReadTypeSystemDefinition(start, null, isExtension: true) ?? throw Unexpected();
                default:
                    if (ReadTypeSystemDefinition(start, description, isExtension: false) is { } definition)
                    {
                        return definition;
                    }

                    break;
            }
        }

        throw description is null || _lexer.Kind is not (TokenKind.Name or TokenKind.BraceOpen) ? Unexpected() : _lexer.Error("Unexpected description: only definitions other than extensions and shorthand queries have one.", start);
    }

    private string? ReadDescription()
    {
        if (_lexer.Kind is not (TokenKind.String or TokenKind.BlockString))
        {
            return null;
        }

        var value = _lexer.StringValue;
        _lexer.Advance();
        return value;
    }

    private NameNode ReadName()
    {
        if (_lexer.Kind != TokenKind.Name)
        {
            throw Expected(TokenKind.Name);
        }

        var name = new NameNode(_lexer.Start, _names.Get(_lexer.Text));
        _lexer.Advance();
        return name;
    }

    private readonly bool AtKeyword(ReadOnlySpan<byte> keyword) => _lexer.Kind == TokenKind.Name && _lexer.Text.SequenceEqual(keyword);

    private bool TakeKeyword(ReadOnlySpan<byte> keyword)
    {
        var found = AtKeyword(keyword);
        if (found)
        {
            _lexer.Advance();
        }

        return found;
    }

    private bool Take(TokenKind kind)
    {
        var found = _lexer.Kind == kind;
        if (found)
        {
            _lexer.Advance();
        }

        return found;
    }

    private void Expect(TokenKind kind)
    {
        if (!Take(kind))
        {
            throw Expected(kind);
        }
    }

    /// <summary>Takes an opening token whose rule can contain itself; every call is paired with <see cref="Leave"/>.</summary>
    private void Enter(TokenKind open)
    {
        if (_lexer.Kind == open && ++_depth > _maxDepth)
        {
            throw _lexer.LimitExceeded($"the document is nested deeper than {_maxDepth} levels", _lexer.Start);
        }

        Expect(open);
    }

    private void Leave(TokenKind close)
    {
        Expect(close);
        _depth--;
    }

    private readonly SyntaxException Expected(TokenKind kind) => _lexer.Error($"Expected {kind.Describe()}, found {Current()}.", _lexer.Start);

    private readonly SyntaxException Unexpected() => _lexer.Error($"Unexpected {Current()}.", _lexer.Start);

    private readonly string Current() => _lexer.Kind switch
    {
        // Cut short: an error must not send a megabyte of the caller's own text back.
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{_lexer.Kind} \"{Encoding.ASCII.GetString(_lexer.Text[..Math.Min(_lexer.Text.Length, 60)])}\"",
        var kind => kind.Describe(),
    };
}
