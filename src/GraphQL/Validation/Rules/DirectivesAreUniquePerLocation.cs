using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.7.3 Directives Are Unique per Location, unless they are repeatable.</summary>
internal static class DirectivesAreUniquePerLocation
{
    public static void Check(ValidationContext context, IReadOnlyList<DirectiveNode> directives)
    {
        if (directives.Count < 2)
        {
            return;
        }

        var seen = new Dictionary<string, DirectiveNode>();
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (context.Schema.Directives.TryGetValue(name, out var definition) && !definition.IsRepeatable && !seen.TryAdd(name, directive))
            {
                context.Report($"Directive \"@{name}\" can only be used once at this place.", seen[name], directive);
            }
        }
    }
}
