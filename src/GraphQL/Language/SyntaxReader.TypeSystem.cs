namespace ClientPortal.GraphQL.Language;

/// <summary>Definitions and extensions of the type system (section 3).</summary>
internal ref partial struct SyntaxReader
{
    /// <summary>Null, with nothing consumed, when no keyword of the type system stands here.</summary>
    private TypeSystemNode? ReadTypeSystemDefinition(int start, string? description, bool isExtension)
    {
        if (TakeKeyword("type"u8))
        {
            var name = ReadName();
            var interfaces = ReadImplements();
            var directives = ReadDirectives(constant: true);
            var fields = ReadFieldDefinitions();
            RequirePart(isExtension, interfaces.Length + directives.Length + fields.Length);
            return new ObjectTypeNode(start, description, isExtension, name, interfaces, directives, fields);
        }

        if (TakeKeyword("interface"u8))
        {
            var name = ReadName();
            var interfaces = ReadImplements();
            var directives = ReadDirectives(constant: true);
            var fields = ReadFieldDefinitions();
            RequirePart(isExtension, interfaces.Length + directives.Length + fields.Length);
            return new InterfaceTypeNode(start, description, isExtension, name, interfaces, directives, fields);
        }

        if (TakeKeyword("input"u8))
        {
            var name = ReadName();
            var directives = ReadDirectives(constant: true);
            var fields = ReadInputValues(TokenKind.BraceOpen, TokenKind.BraceClose);
            RequirePart(isExtension, directives.Length + fields.Length);
            return new InputObjectTypeNode(start, description, isExtension, name, directives, fields);
        }

        if (TakeKeyword("enum"u8))
        {
            var name = ReadName();
            var directives = ReadDirectives(constant: true);
            var values = ReadEnumValues();
            RequirePart(isExtension, directives.Length + values.Length);
            return new EnumTypeNode(start, description, isExtension, name, directives, values);
        }

        if (TakeKeyword("union"u8))
        {
            var name = ReadName();
            var directives = ReadDirectives(constant: true);
            var members = ReadUnionMembers();
            RequirePart(isExtension, directives.Length + members.Length);
            return new UnionTypeNode(start, description, isExtension, name, directives, members);
        }

        if (TakeKeyword("scalar"u8))
        {
            var name = ReadName();
            var directives = ReadDirectives(constant: true);
            RequirePart(isExtension, directives.Length);
            return new ScalarTypeNode(start, description, isExtension, name, directives);
        }

        if (TakeKeyword("schema"u8))
        {
            return ReadSchema(start, description, isExtension);
        }

        return !isExtension && TakeKeyword("directive"u8) ? ReadDirectiveDefinition(start, description) : null;
    }

    // An extension that adds nothing is not well formed.
    private readonly void RequirePart(bool isExtension, int parts)
    {
        if (isExtension && parts == 0)
        {
            throw Unexpected();
        }
    }

    private SchemaDefinitionNode ReadSchema(int start, string? description, bool isExtension)
    {
        var directives = ReadDirectives(constant: true);
        var operationTypes = new List<RootOperationTypeNode>();
        if (!isExtension || _lexer.Kind == TokenKind.BraceOpen)
        {
            Expect(TokenKind.BraceOpen);
            do
            {
                var rootStart = _lexer.Start;
                var kind = TakeKeyword("query"u8) ? OperationKind.Query
                    : TakeKeyword("mutation"u8) ? OperationKind.Mutation
                    : TakeKeyword("subscription"u8) ? OperationKind.Subscription
                    : throw (_lexer.Kind == TokenKind.Name ? Unexpected() : Expected(TokenKind.Name));
                Expect(TokenKind.Colon);
                operationTypes.Add(new RootOperationTypeNode(rootStart, kind, ReadNamedType()));
            }
            while (!Take(TokenKind.BraceClose));
        }

        RequirePart(isExtension, directives.Length + operationTypes.Count);
        return new SchemaDefinitionNode(start, description, isExtension, directives, [.. operationTypes]);
    }

    private NamedTypeNode[] ReadImplements()
    {
        if (!TakeKeyword("implements"u8))
        {
            return [];
        }

        Take(TokenKind.Ampersand);
        return ReadTypesSeparatedBy(TokenKind.Ampersand);
    }

    private NamedTypeNode[] ReadUnionMembers()
    {
        if (!Take(TokenKind.Equal))
        {
            return [];
        }

        Take(TokenKind.Pipe);
        return ReadTypesSeparatedBy(TokenKind.Pipe);
    }

    private NamedTypeNode[] ReadTypesSeparatedBy(TokenKind separator)
    {
        var types = new List<NamedTypeNode>();
        do
        {
            types.Add(ReadNamedType());
        }
        while (Take(separator));
        return [.. types];
    }

    private FieldDefinitionNode[] ReadFieldDefinitions()
    {
        if (!Take(TokenKind.BraceOpen))
        {
            return [];
        }

        var fields = new List<FieldDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ReadDescription();
            var name = ReadName();
            var arguments = ReadInputValues(TokenKind.ParenOpen, TokenKind.ParenClose);
            Expect(TokenKind.Colon);
            fields.Add(new FieldDefinitionNode(start, description, name, arguments, ReadType(), ReadDirectives(constant: true)));
        }
        while (!Take(TokenKind.BraceClose));
        return [.. fields];
    }

    private InputValueDefinitionNode[] ReadInputValues(TokenKind open, TokenKind close)
    {
        if (!Take(open))
        {
            return [];
        }

        var values = new List<InputValueDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ReadDescription();
            var name = ReadName();
            Expect(TokenKind.Colon);
            var type = ReadType();
            var defaultValue = Take(TokenKind.Equal) ? ReadValue(constant: true) : null;
            values.Add(new InputValueDefinitionNode(start, description, name, type, defaultValue, ReadDirectives(constant: true)));
        }
        while (!Take(close));
        return [.. values];
    }

    private EnumValueDefinitionNode[] ReadEnumValues()
    {
        if (!Take(TokenKind.BraceOpen))
        {
            return [];
        }

        var values = new List<EnumValueDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ReadDescription();
            if (AtKeyword("true"u8) || AtKeyword("false"u8) || AtKeyword("null"u8))
            {
                throw _lexer.Error($"{Current()} is reserved and cannot be an enum value.", _lexer.Start);
            }

            values.Add(new EnumValueDefinitionNode(start, description, ReadName(), ReadDirectives(constant: true)));
        }
        while (!Take(TokenKind.BraceClose));
        return [.. values];
    }

    private DirectiveDefinitionNode ReadDirectiveDefinition(int start, string? description)
    {
        Expect(TokenKind.At);
        var name = ReadName();
        var arguments = ReadInputValues(TokenKind.ParenOpen, TokenKind.ParenClose);
        var repeatable = TakeKeyword("repeatable"u8);
        if (!TakeKeyword("on"u8))
        {
            throw _lexer.Error($"Expected \"on\", found {Current()}.", _lexer.Start);
        }

        Take(TokenKind.Pipe);
        var locations = new List<NameNode>();
        do
        {
            if (_lexer.Kind == TokenKind.Name && !DirectiveLocations.All.Contains(_names.Get(_lexer.Text)))
            {
                var unexpected = Unexpected();
                _lexer.Advance(); // When no token follows, that is the error, as everywhere else.
                throw unexpected;
            }

            locations.Add(ReadName());
        }
        while (Take(TokenKind.Pipe));
        return new DirectiveDefinitionNode(start, description, name, arguments, repeatable, [.. locations]);
    }
}
