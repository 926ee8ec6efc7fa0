using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.7.1 Directives Are Defined and 5.7.2 Directives Are in Valid Locations.</summary>
internal static class DirectivesAreDefined
{
    /// <summary>The directive's definition, or null after the error.</summary>
    public static DirectiveDefinition? Check(ValidationContext context, DirectiveNode directive, string location)
    {
        var name = directive.Name.Value;
        if (!context.Schema.Directives.TryGetValue(name, out var definition))
        {
            context.Report($"Unknown directive \"@{name}\".{context.Suggest(name, context.Schema.Directives.Keys)}", directive);
        }
        else if (!definition.Locations.Contains(location))
        {
            context.Report($"Directive \"@{name}\" may not be used on {location}.", directive);
        }

        return definition;
    }
}
