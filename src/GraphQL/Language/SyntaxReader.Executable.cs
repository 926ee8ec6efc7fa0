namespace ClientPortal.GraphQL.Language;

/// <summary>Operations, fragments and selections (sections 2.3 to 2.8, 2.10 and 2.12).</summary>
internal ref partial struct SyntaxReader
{
    private OperationNode ReadOperation(int start, string? description, OperationKind kind)
    {
        _lexer.Advance();
        var name = _lexer.Kind == TokenKind.Name ? ReadName() : null;
        var variables = ReadVariableDefinitions();
        var directives = ReadDirectives(constant: false);
        return new OperationNode(start, description, kind, name, variables, directives, ReadSelectionSet());
    }

    private VariableDefinitionNode[] ReadVariableDefinitions()
    {
        if (!Take(TokenKind.ParenOpen))
        {
            return [];
        }

        var variables = new List<VariableDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ReadDescription();
            var variable = ReadVariable();
            Expect(TokenKind.Colon);
            var type = ReadType();
            var defaultValue = Take(TokenKind.Equal) ? ReadValue(constant: true) : null;
            variables.Add(new VariableDefinitionNode(start, description, variable, type, defaultValue, ReadDirectives(constant: true)));
        }
        while (!Take(TokenKind.ParenClose));
        return [.. variables];
    }

    private FragmentDefinitionNode ReadFragment(int start, string? description)
    {
        _lexer.Advance();
        var name = ReadFragmentName();
        var typeCondition = TakeKeyword("on"u8) ? ReadNamedType() : throw _lexer.Error($"Expected \"on\", found {Current()}.", _lexer.Start);
        return new FragmentDefinitionNode(start, description, name, typeCondition, ReadDirectives(constant: false), ReadSelectionSet());
    }

    private NameNode ReadFragmentName() => AtKeyword("on"u8) ? throw Unexpected() : ReadName();

    private SelectionSetNode ReadSelectionSet()
    {
        var start = _lexer.Start;
        Enter(TokenKind.BraceOpen);
        var selections = new List<SelectionNode>();
        do
        {
            selections.Add(_lexer.Kind == TokenKind.Spread ? ReadSpread() : ReadField());
        }
        while (_lexer.Kind != TokenKind.BraceClose);
        Leave(TokenKind.BraceClose);
        return new SelectionSetNode(start, [.. selections]);
    }

    private FieldNode ReadField()
    {
        var name = ReadName();
        NameNode? alias = null;
        if (Take(TokenKind.Colon))
        {
            alias = name;
            name = ReadName();
        }

        var arguments = ReadArguments(constant: false);
        var directives = ReadDirectives(constant: false);
        var selectionSet = _lexer.Kind == TokenKind.BraceOpen ? ReadSelectionSet() : null;
        return new FieldNode((alias ?? name).Start, alias, name, arguments, directives, selectionSet);
    }

    private SelectionNode ReadSpread()
    {
        var start = _lexer.Start;
        _lexer.Advance();
        var conditioned = TakeKeyword("on"u8);
        if (!conditioned && _lexer.Kind == TokenKind.Name)
        {
            return new FragmentSpreadNode(start, ReadName(), ReadDirectives(constant: false));
        }

        var typeCondition = conditioned ? ReadNamedType() : null;
        return new InlineFragmentNode(start, typeCondition, ReadDirectives(constant: false), ReadSelectionSet());
    }

    private DirectiveNode[] ReadDirectives(bool constant)
    {
        if (_lexer.Kind != TokenKind.At)
        {
            return [];
        }

        var directives = new List<DirectiveNode>();
        while (_lexer.Kind == TokenKind.At)
        {
            var start = _lexer.Start;
            _lexer.Advance();
            directives.Add(new DirectiveNode(start, ReadName(), ReadArguments(constant)));
        }

        return [.. directives];
    }

    private ArgumentNode[] ReadArguments(bool constant)
    {
        if (!Take(TokenKind.ParenOpen))
        {
            return [];
        }

        var arguments = new List<ArgumentNode>();
        do
        {
            var name = ReadName();
            Expect(TokenKind.Colon);
            arguments.Add(new ArgumentNode(name.Start, name, ReadValue(constant)));
        }
        while (!Take(TokenKind.ParenClose));
        return [.. arguments];
    }
}
