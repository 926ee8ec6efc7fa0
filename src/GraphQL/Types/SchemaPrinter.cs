using System.Text;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Prints a schema as SDL: the roots first, then all types by name; fields in the order of their declaration; what every schema has is left out.</summary>
public static class SchemaPrinter
{
    /// <summary>The SDL of <paramref name="schema"/>, descriptions included, ending in a line break. The same schema gives the same text.</summary>
    public static string Print(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var text = new StringBuilder();
        PrintSchemaDefinition(schema, text);
        foreach (var directive in schema.Directives.Values.Where(d => !BuiltIns.Directives.ContainsKey(d.Name)).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            Describe(directive.Description, "", text);
            text.Append("directive @").Append(directive.Name).Append(Arguments(directive.Arguments, "")).Append(directive.IsRepeatable ? " repeatable" : "").Append(" on ").AppendJoin(" | ", directive.Locations).Append("\n\n");
        }

        var roots = new NamedType?[] { schema.Query, schema.Mutation, schema.Subscription }.OfType<NamedType>().ToList();
        var others = schema.Types.Values.Where(t => !BuiltIns.IsBuiltIn(t.Name) && !roots.Contains(t)).OrderBy(t => t.Name, StringComparer.Ordinal);
        foreach (var type in roots.Concat(others))
        {
            Print(type, text);
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void PrintSchemaDefinition(Schema schema, StringBuilder text)
    {
        (string Kind, ObjectType? Type, string Default)[] roots = [("query", schema.Query, "Query"), ("mutation", schema.Mutation, "Mutation"), ("subscription", schema.Subscription, "Subscription")];
        if (schema.Description is null && Array.TrueForAll(roots, r => r.Type is null || r.Type.Name == r.Default))
        {
            return;
        }

        Describe(schema.Description, "", text);
        text.Append("schema {\n");
        foreach (var root in roots.Where(r => r.Type is not null))
        {
            text.Append("  ").Append(root.Kind).Append(": ").Append(root.Type!.Name).Append('\n');
        }

        text.Append("}\n\n");
    }

    private static void Print(NamedType type, StringBuilder text)
    {
        Describe(type.Description, "", text);
        switch (type)
        {
            case ScalarType scalar:
                text.Append("scalar ").Append(scalar.Name).Append(scalar.SpecifiedBy is { } url ? $" @specifiedBy(url: {Quote(url)})" : "").Append('\n');
                break;
            case EnumType enumType:
                Block($"enum {enumType.Name}", enumType.Values, v => (v.Description, v.Name + Deprecated(v.DeprecationReason)), text);
                break;
            case InputObjectType input:
                Block($"input {input.Name}{(input.IsOneOf ? " @oneOf" : "")}", input.Fields, f => (f.Description, Print(f)), text);
                break;
            case UnionType union:
                text.Append("union ").Append(union.Name).Append(union.PossibleTypes.Count > 0 ? " = " : "").AppendJoin(" | ", union.PossibleTypes.Select(t => t.Name)).Append('\n');
                break;
            case FieldsType fields:
                var implements = fields.Interfaces.Count > 0 ? " implements " + string.Join(" & ", fields.Interfaces.Select(i => i.Name)) : "";
                Block($"{(fields is InterfaceType ? "interface" : "type")} {fields.Name}{implements}", fields.Fields, f => (f.Description, $"{f.Name}{Arguments(f.Arguments, "  ")}: {f.Type}{Deprecated(f.DeprecationReason)}"), text);
                break;
        }
    }

    private static void Block<T>(string head, IReadOnlyList<T> members, Func<T, (string? Description, string Text)> print, StringBuilder text)
    {
        text.Append(head);
        if (members.Count > 0)
        {
            text.Append(" {\n");
            foreach (var (description, member) in members.Select(print))
            {
                Describe(description, "  ", text);
                text.Append("  ").Append(member).Append('\n');
            }

            text.Append('}');
        }

        text.Append('\n');
    }

    private static string Arguments(IReadOnlyList<InputValue> arguments, string indent)
    {
        if (arguments.Count == 0)
        {
            return "";
        }

        if (arguments.All(a => a.Description is null))
        {
            return $"({string.Join(", ", arguments.Select(Print))})";
        }

        var text = new StringBuilder("(\n");
        foreach (var argument in arguments)
        {
            Describe(argument.Description, indent + "  ", text);
            text.Append(indent).Append("  ").Append(Print(argument)).Append('\n');
        }

        return text.Append(indent).Append(')').ToString();
    }

    private static string Print(InputValue value) =>
        $"{value.Name}: {value.Type}{(value.DefaultValue is { } given ? " = " + Printer.Print(given) : "")}{Deprecated(value.DeprecationReason)}";

    private static string Deprecated(string? reason) => reason is null ? "" : $" @deprecated(reason: {Quote(reason)})";

    private static void Describe(string? description, string indent, StringBuilder text)
    {
        if (description is not null)
        {
            var literal = Printer.Print(new StringValueNode(0, description, block: description.Contains('\n', StringComparison.Ordinal)));
            text.Append(indent).Append(literal.ReplaceLineEndings("\n" + indent)).Append('\n');
        }
    }

    private static string Quote(string text) => Printer.Print(new StringValueNode(0, text, block: false));
}
