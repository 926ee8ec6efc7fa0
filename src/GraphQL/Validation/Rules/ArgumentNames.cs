using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.4.1 Argument Names: an argument is one that the field or directive takes.</summary>
internal static class ArgumentNames
{
    /// <summary>The argument's definition, or null after the error.</summary>
    public static InputValue? Check(ValidationContext context, SyntaxNode owner, ArgumentNode argument, IReadOnlyList<InputValue> definitions)
    {
        for (var i = 0; i < definitions.Count; i++)
        {
            if (definitions[i].Name == argument.Name.Value)
            {
                return definitions[i];
            }
        }

        context.Report($"{NameOf(owner)} has no argument \"{argument.Name.Value}\".{context.Suggest(argument.Name.Value, definitions.Select(d => d.Name))}", argument);
        return null;
    }

    /// <summary>How an error names the field or directive that takes arguments.</summary>
    public static string NameOf(SyntaxNode owner) => owner is FieldNode field ? $"Field \"{field.Name.Value}\"" : $"Directive \"@{((DirectiveNode)owner).Name.Value}\"";
}
