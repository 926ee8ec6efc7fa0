using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Sections 3.3 to 3.13: types, directives, fields, arguments and enum values each have a name of their own; extensions add only new ones.</summary>
internal static class UniqueDefinitions
{
    public static void Check(SdlDocument document)
    {
        Report(document, document.TypeParts.Where(t => !t.IsExtension).Select(t => t.Name), name => $"There can be only one type named \"{name}\".");
        Report(document, document.Directives.Select(d => d.Name), name => $"There can be only one directive named \"@{name}\".");
        foreach (var directive in document.Directives)
        {
            CheckArguments(document, $"@{directive.Name.Value}", directive.Arguments);
        }

        foreach (var parts in document.PartsByName)
        {
            Report(document, parts.SelectMany(MemberNames), name => $"\"{parts.Key}.{name}\" can only be defined once.");
            foreach (var field in parts.OfType<FieldsTypeNode>().SelectMany(t => t.Fields))
            {
                CheckArguments(document, $"{parts.Key}.{field.Name.Value}", field.Arguments);
            }
        }
    }

    private static IEnumerable<NameNode> MemberNames(TypeDefinitionNode part) => part switch
    {
        FieldsTypeNode n => n.Fields.Select(f => f.Name),
        InputObjectTypeNode n => n.Fields.Select(f => f.Name),
        EnumTypeNode n => n.Values.Select(v => v.Name),
        _ => [],
    };

    private static void CheckArguments(SdlDocument document, string owner, IEnumerable<InputValueDefinitionNode> arguments) =>
        Report(document, arguments.Select(a => a.Name), name => $"Argument \"{owner}({name}:)\" can only be defined once.");

    private static void Report(SdlDocument document, IEnumerable<NameNode> names, Func<string, string> message)
    {
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            if (!seen.Add(name.Value))
            {
                document.Report(name, message(name.Value));
            }
        }
    }
}
