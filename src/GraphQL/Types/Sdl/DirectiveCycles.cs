using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Section 3.13: a directive must not refer to itself, neither on its own arguments nor through their types.</summary>
internal static class DirectiveCycles
{
    public static void Check(SdlDocument document)
    {
        foreach (var directive in document.Directives)
        {
            if (Reaches(document, directive))
            {
                document.Report(directive, $"Directive \"@{directive.Name.Value}\" must not refer to itself.");
            }
        }
    }

    private static bool Reaches(SdlDocument document, DirectiveDefinitionNode start)
    {
        var seen = new HashSet<string>();
        var waiting = new Stack<string>(ReferencesOf(start.Arguments));
        while (waiting.TryPop(out var reference))
        {
            if (reference == "@" + start.Name.Value)
            {
                return true;
            }

            if (!seen.Add(reference))
            {
                continue;
            }

            var next = reference[0] == '@'
                ? document.DirectivesByName.TryGetValue(reference[1..], out var directive) ? ReferencesOf(directive.Arguments) : []
                : document.PartsByName[reference].SelectMany(ReferencesOf);
            foreach (var further in next)
            {
                waiting.Push(further);
            }
        }

        return false;
    }

    private static IEnumerable<string> ReferencesOf(IEnumerable<InputValueDefinitionNode> values) =>
        values.SelectMany(v => Names(v.Directives).Append(NameOf(v.Type)));

    private static IEnumerable<string> ReferencesOf(TypeDefinitionNode part) => Names(part.Directives).Concat(part switch
    {
        InputObjectTypeNode input => ReferencesOf(input.Fields),
        EnumTypeNode type => type.Values.SelectMany(v => Names(v.Directives)),
        _ => [],
    });

    private static IEnumerable<string> Names(IEnumerable<DirectiveNode> directives) => directives.Select(d => "@" + d.Name.Value);

    private static string NameOf(TypeNode type) => type switch
    {
        ListTypeNode list => NameOf(list.Of),
        NonNullTypeNode nonNull => NameOf(nonNull.Of),
        _ => ((NamedTypeNode)type).Name,
    };
}
