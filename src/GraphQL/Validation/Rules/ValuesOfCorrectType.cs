using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.6.1 Values of Correct Type, 5.6.2 Input Object Field Names and 5.6.4 Input Object Required Fields, all part of reading a literal as its type.</summary>
internal static class ValuesOfCorrectType
{
    public static void Check(ValidationContext context, ValueNode value, GraphQLType? type)
    {
        if (type is { IsInput: true } && value is not VariableNode)
        {
            InputLiterals.Check(value, type, (node, message) => context.Report(message, node));
        }
    }
}
