using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.8.1 Variable Uniqueness.</summary>
internal static class VariableUniqueness
{
    public static void Check(ValidationContext context, OperationNode operation)
    {
        if (operation.Variables.Count < 2)
        {
            return;
        }

        foreach (var same in operation.Variables.GroupBy(v => v.Variable.Name).Where(g => g.Skip(1).Any()))
        {
            context.Report($"There can be only one variable named \"${same.Key}\".", [.. same.Select(v => v.Variable.NameNode)]);
        }
    }
}
