namespace ClientPortal.GraphQL.Language;

/// <summary>Definitions and extensions of the type system.</summary>
internal sealed partial class SyntaxWriter
{
    private void WriteTypeSystem(SyntaxNode node)
    {
        if (node is TypeSystemNode definition)
        {
            WriteDescription(definition.Description);
            text.Append(definition.IsExtension ? "extend " : "");
        }

        switch (node)
        {
            case SchemaDefinitionNode n:
                text.Append("schema");
                WriteDirectives(n.Directives);
                WriteDefinitionBlock(n.OperationTypes);
                break;
            case RootOperationTypeNode n:
                text.Append(Keyword(n.Kind)).Append(": ").Append(n.Type.Name);
                break;
            case ScalarTypeNode n:
                WriteHead("scalar ", n);
                break;
            case FieldsTypeNode n:
                WriteFieldsType(n);
                break;
            case UnionTypeNode n:
                WriteHead("union ", n);
                text.Append(n.Members.Count > 0 ? " = " : "");
                WriteSeparated(n.Members, " | ");
                break;
            case EnumTypeNode n:
                WriteHead("enum ", n);
                WriteDefinitionBlock(n.Values);
                break;
            case InputObjectTypeNode n:
                WriteHead("input ", n);
                WriteDefinitionBlock(n.Fields);
                break;
            case DirectiveDefinitionNode n:
                text.Append("directive @").Append(n.Name.Value);
                WriteArgumentDefinitions(n.Arguments);
                text.Append(n.IsRepeatable ? " repeatable on " : " on ");
                WriteSeparated(n.Locations, " | ");
                break;
            case FieldDefinitionNode n:
                WriteDescription(n.Description);
                text.Append(n.Name.Value);
                WriteArgumentDefinitions(n.Arguments);
                text.Append(": ");
                WriteType(n.Type);
                WriteDirectives(n.Directives);
                break;
            case InputValueDefinitionNode n:
                WriteDescription(n.Description);
                text.Append(n.Name.Value).Append(": ");
                WriteType(n.Type);
                WriteDefault(n.DefaultValue);
                WriteDirectives(n.Directives);
                break;
            case EnumValueDefinitionNode n:
                WriteDescription(n.Description);
                text.Append(n.Name.Value);
                WriteDirectives(n.Directives);
                break;
            default: throw new ArgumentException($"Unknown node {node.GetType().Name}.", nameof(node));
        }
    }

    private void WriteHead(string keyword, TypeDefinitionNode type)
    {
        text.Append(keyword).Append(type.Name.Value);
        WriteDirectives(type.Directives);
    }

    private void WriteFieldsType(FieldsTypeNode type)
    {
        text.Append(type is ObjectTypeNode ? "type " : "interface ").Append(type.Name.Value);
        text.Append(type.Interfaces.Count > 0 ? " implements " : "");
        WriteSeparated(type.Interfaces, " & ");
        WriteDirectives(type.Directives);
        WriteDefinitionBlock(type.Fields);
    }

    private void WriteDefinitionBlock(IReadOnlyList<SyntaxNode> members) => WriteBlock(" {", members, "}");

    private void WriteArgumentDefinitions(IReadOnlyList<InputValueDefinitionNode> arguments)
    {
        if (arguments.Any(a => a.Description is not null))
        {
            WriteBlock("(", arguments, ")");
        }
        else if (arguments.Count > 0)
        {
            text.Append('(');
            WriteSeparated(arguments, ", ");
            text.Append(')');
        }
    }
}
