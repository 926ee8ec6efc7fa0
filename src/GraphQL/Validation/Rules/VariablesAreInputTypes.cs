using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.8.2 Variables Are Input Types.</summary>
internal static class VariablesAreInputTypes
{
    /// <summary>The variable's type; null when it does not exist or, after the error, is no input type.</summary>
    public static GraphQLType? Check(ValidationContext context, VariableDefinitionNode variable)
    {
        var type = context.TypeOf(variable.Type);
        if (type is null or { IsInput: true })
        {
            return type;
        }

        context.Report($"Variable \"${variable.Variable.Name}\" cannot be of type {type}, which is no input type.", variable.Type);
        return null;
    }
}
