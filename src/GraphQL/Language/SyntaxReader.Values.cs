using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>Input values and references to types (sections 2.9 and 2.11).</summary>
internal ref partial struct SyntaxReader
{
    private ValueNode ReadValue(bool constant)
    {
        var start = _lexer.Start;
        switch (_lexer.Kind)
        {
            case TokenKind.BracketOpen:
                return ReadList(constant);
            case TokenKind.BraceOpen:
                return ReadObject(constant);
            case TokenKind.Dollar when constant:
                _lexer.Advance(); // When no token follows, that is the error, as everywhere else.
                throw _lexer.Error("Unexpected variable in a constant value.", start);
            case TokenKind.Dollar:
                return ReadVariable();
        }

        ValueNode value = _lexer.Kind switch
        {
            TokenKind.Int => new IntValueNode(start, Encoding.ASCII.GetString(_lexer.Text)),
            TokenKind.Float => new FloatValueNode(start, Encoding.ASCII.GetString(_lexer.Text)),
            TokenKind.String or TokenKind.BlockString => new StringValueNode(start, _lexer.StringValue, _lexer.Kind == TokenKind.BlockString),
            TokenKind.Name when AtKeyword("true"u8) => new BooleanValueNode(start, true),
            TokenKind.Name when AtKeyword("false"u8) => new BooleanValueNode(start, false),
            TokenKind.Name when AtKeyword("null"u8) => new NullValueNode(start),
            TokenKind.Name => new EnumValueNode(start, _names.Get(_lexer.Text)),
            _ => throw Unexpected(),
        };
        _lexer.Advance();
        return value;
    }

    private VariableNode ReadVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        return new VariableNode(start, ReadName());
    }

    private ListValueNode ReadList(bool constant)
    {
        var start = _lexer.Start;
        Enter(TokenKind.BracketOpen);
        var items = new List<ValueNode>();
        while (_lexer.Kind != TokenKind.BracketClose)
        {
            items.Add(ReadValue(constant));
        }

        Leave(TokenKind.BracketClose);
        return new ListValueNode(start, [.. items]);
    }

    private ObjectValueNode ReadObject(bool constant)
    {
        var start = _lexer.Start;
        Enter(TokenKind.BraceOpen);
        var fields = new List<ObjectFieldNode>();
        while (_lexer.Kind != TokenKind.BraceClose)
        {
            var name = ReadName();
            Expect(TokenKind.Colon);
            fields.Add(new ObjectFieldNode(name.Start, name, ReadValue(constant)));
        }

        Leave(TokenKind.BraceClose);
        return new ObjectValueNode(start, [.. fields]);
    }

    private TypeNode ReadType()
    {
        var start = _lexer.Start;
        TypeNode type;
        if (_lexer.Kind == TokenKind.BracketOpen)
        {
            Enter(TokenKind.BracketOpen);
            type = new ListTypeNode(start, ReadType());
            Leave(TokenKind.BracketClose);
        }
        else
        {
            type = ReadNamedType();
        }

        return Take(TokenKind.Bang) ? new NonNullTypeNode(start, type) : type;
    }

    private NamedTypeNode ReadNamedType()
    {
        var name = ReadName();
        return new NamedTypeNode(name.Start, name.Value);
    }
}
