using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.8.3 All Variable Uses Defined and 5.8.4 All Variables Used, over an operation and all fragments that it reaches; 5.8.5 for each use.</summary>
internal static class OperationVariables
{
    public static void Check(ValidationContext context, IReadOnlyList<DefinitionUses> operations, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        foreach (var uses in operations)
        {
            Check(context, (OperationNode)uses.Definition, uses, fragments);
        }
    }

    private static void Check(ValidationContext context, OperationNode operation, DefinitionUses start, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        var defined = new Dictionary<string, AllVariableUsagesAreAllowed>(operation.Variables.Count);
        foreach (var variable in operation.Variables)
        {
            defined.TryAdd(variable.Variable.Name, new AllVariableUsagesAreAllowed(context, variable));
        }

        var used = new HashSet<string>();
        var entered = new HashSet<string>();
        var waiting = new Stack<DefinitionUses>();
        waiting.Push(start);
        while (waiting.TryPop(out var uses))
        {
            foreach (var use in uses.Variables)
            {
                used.Add(use.Node.Name);
                if (defined.TryGetValue(use.Node.Name, out var variable))
                {
                    variable.Check(use);
                }
                else
                {
                    context.Report($"Variable \"${use.Node.Name}\" is not defined{Of(operation)}.", use.Node, operation);
                }
            }

            foreach (var spread in uses.Spreads)
            {
                if (entered.Add(spread.Name.Value) && fragments.TryGetValue(spread.Name.Value, out var fragment))
                {
                    waiting.Push(fragment);
                }
            }
        }

        foreach (var variable in operation.Variables)
        {
            if (!used.Contains(variable.Variable.Name))
            {
                context.Report($"Variable \"${variable.Variable.Name}\" is never used{Of(operation)}.", variable);
            }
        }
    }

    private static string Of(OperationNode operation) => operation.Name is { } name ? $" in operation \"{name.Value}\"" : "";
}
