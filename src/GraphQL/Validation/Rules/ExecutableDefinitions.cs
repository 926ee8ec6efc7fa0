using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.1.1 Executable Definitions: a document to execute holds no type system.</summary>
internal static class ExecutableDefinitions
{
    public static void Report(ValidationContext context, DefinitionNode definition)
    {
        var name = definition switch
        {
            TypeDefinitionNode type => $"definition \"{type.Name.Value}\"",
            DirectiveDefinitionNode directive => $"definition \"@{directive.Name.Value}\"",
            _ => "schema definition",
        };
        context.Report($"The {name} is not executable.", definition);
    }
}
