using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>The printer, split by topic of the grammar as the parser is.</summary>
internal sealed partial class SyntaxWriter(StringBuilder text)
{
    private int _indent;

    public override string ToString() => text.ToString();

    public void Write(SyntaxNode node)
    {
        switch (node)
        {
            case DocumentNode n: WriteDocument(n); break;
            case OperationNode n: WriteOperation(n, mayBeShort: true); break;
            case FragmentDefinitionNode n: WriteFragment(n); break;
            case VariableDefinitionNode n: WriteVariableDefinition(n); break;
            case SelectionSetNode n: WriteSelectionSet(n); break;
            case FieldNode n: WriteField(n); break;
            case FragmentSpreadNode n: text.Append("...").Append(n.Name.Value); WriteDirectives(n.Directives); break;
            case InlineFragmentNode n: WriteInlineFragment(n); break;
            case DirectiveNode n: text.Append('@').Append(n.Name.Value); WriteArguments(n.Arguments); break;
            case ArgumentNode n: text.Append(n.Name.Value).Append(": "); WriteValue(n.Value); break;
            case ObjectFieldNode n: text.Append(n.Name.Value).Append(": "); WriteValue(n.Value); break;
            case NameNode n: text.Append(n.Value); break;
            case ValueNode n: WriteValue(n); break;
            case TypeNode n: WriteType(n); break;
            default: WriteTypeSystem(node); break;
        }
    }

    private void WriteDocument(DocumentNode document)
    {
        for (var i = 0; i < document.Definitions.Count; i++)
        {
            if (i > 0)
            {
                text.Append("\n\n");
            }

            // After a definition that ends without braces, a shorthand query would be read as its body.
            if (document.Definitions[i] is OperationNode operation)
            {
                WriteOperation(operation, mayBeShort: i == 0 || document.Definitions[i - 1] is not TypeSystemNode);
            }
            else
            {
                Write(document.Definitions[i]);
            }
        }
    }

    private void WriteOperation(OperationNode operation, bool mayBeShort)
    {
        WriteDescription(operation.Description);
        var shorthand = mayBeShort && operation is { Kind: OperationKind.Query, Name: null, Description: null, Variables.Count: 0, Directives.Count: 0 };
        if (!shorthand)
        {
            text.Append(Keyword(operation.Kind));
            if (operation.Name is { } name)
            {
                text.Append(' ').Append(name.Value);
            }

            WriteVariableDefinitions(operation.Variables);
            WriteDirectives(operation.Directives);
            text.Append(' ');
        }

        WriteSelectionSet(operation.SelectionSet);
    }

    // A description needs its own line, so variables with one are written one a line.
    private void WriteVariableDefinitions(IReadOnlyList<VariableDefinitionNode> variables)
    {
        if (variables.Any(v => v.Description is not null))
        {
            WriteBlock("(", variables, ")");
        }
        else if (variables.Count > 0)
        {
            text.Append('(');
            WriteSeparated(variables, ", ");
            text.Append(')');
        }
    }

    private void WriteVariableDefinition(VariableDefinitionNode variable)
    {
        WriteDescription(variable.Description);
        text.Append('$').Append(variable.Variable.Name).Append(": ");
        WriteType(variable.Type);
        WriteDefault(variable.DefaultValue);
        WriteDirectives(variable.Directives);
    }

    private void WriteFragment(FragmentDefinitionNode fragment)
    {
        WriteDescription(fragment.Description);
        text.Append("fragment ").Append(fragment.Name.Value).Append(" on ").Append(fragment.TypeCondition.Name);
        WriteDirectives(fragment.Directives);
        text.Append(' ');
        WriteSelectionSet(fragment.SelectionSet);
    }

    private void WriteSelectionSet(SelectionSetNode selectionSet) => WriteBlock("{", selectionSet.Selections, "}");

    private void WriteField(FieldNode field)
    {
        if (field.Alias is { } alias)
        {
            text.Append(alias.Value).Append(": ");
        }

        text.Append(field.Name.Value);
        WriteArguments(field.Arguments);
        WriteDirectives(field.Directives);
        if (field.SelectionSet is { } selectionSet)
        {
            text.Append(' ');
            WriteSelectionSet(selectionSet);
        }
    }

    private void WriteInlineFragment(InlineFragmentNode fragment)
    {
        text.Append("...");
        if (fragment.TypeCondition is { } condition)
        {
            text.Append(" on ").Append(condition.Name);
        }

        WriteDirectives(fragment.Directives);
        text.Append(' ');
        WriteSelectionSet(fragment.SelectionSet);
    }

    private void WriteArguments(IReadOnlyList<ArgumentNode> arguments)
    {
        if (arguments.Count > 0)
        {
            text.Append('(');
            WriteSeparated(arguments, ", ");
            text.Append(')');
        }
    }

    private void WriteDirectives(IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            text.Append(' ');
            Write(directive);
        }
    }

    private void WriteDefault(ValueNode? value)
    {
        if (value is not null)
        {
            text.Append(" = ");
            WriteValue(value);
        }
    }

    private void WriteSeparated(IReadOnlyList<SyntaxNode> nodes, string separator)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
            {
                text.Append(separator);
            }

            Write(nodes[i]);
        }
    }

    private void WriteBlock(string open, IReadOnlyList<SyntaxNode> nodes, string close)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        text.Append(open);
        _indent++;
        foreach (var node in nodes)
        {
            NewLine();
            Write(node);
        }

        _indent--;
        NewLine();
        text.Append(close);
    }

    private void NewLine() => text.Append('\n').Append(' ', _indent * 2);

    private static string Keyword(OperationKind kind) => kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };
}
