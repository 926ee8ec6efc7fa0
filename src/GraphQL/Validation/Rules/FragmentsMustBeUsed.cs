namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.1.4 Fragments Must Be Used, by some operation, directly or through other fragments.</summary>
internal static class FragmentsMustBeUsed
{
    public static void Check(ValidationContext context, IReadOnlyList<DefinitionUses> operations, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        if (context.FragmentDefinitions.Count == 0)
        {
            return;
        }

        var used = new HashSet<string>();
        var waiting = new Stack<DefinitionUses>(operations);
        while (waiting.TryPop(out var uses))
        {
            foreach (var spread in uses.Spreads)
            {
                if (used.Add(spread.Name.Value) && fragments.TryGetValue(spread.Name.Value, out var fragment))
                {
                    waiting.Push(fragment);
                }
            }
        }

        foreach (var fragment in context.FragmentDefinitions)
        {
            if (!used.Contains(fragment.Name.Value))
            {
                context.Report($"Fragment \"{fragment.Name.Value}\" is never used.", fragment);
            }
        }
    }
}
