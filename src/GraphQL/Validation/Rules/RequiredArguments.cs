using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.4.3 Required Arguments: what has a non-null type and no default must be given.</summary>
internal static class RequiredArguments
{
    public static void Check(ValidationContext context, SyntaxNode node, IReadOnlyList<ArgumentNode> arguments, IReadOnlyList<InputValue> definitions)
    {
        for (var i = 0; i < definitions.Count; i++)
        {
            if (definitions[i].IsRequired && !IsGiven(arguments, definitions[i].Name))
            {
                context.Report($"{ArgumentNames.NameOf(node)} needs the argument \"{definitions[i].Name}\" of type {definitions[i].Type}.", node);
            }
        }
    }

    private static bool IsGiven(IReadOnlyList<ArgumentNode> arguments, string name)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }
}
