using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.2.2 Fragment Spreads Must Not Form Cycles. Each fragment is entered once, on a stack of its own: a chain of fragments can be long.</summary>
internal static class FragmentSpreadsMustNotFormCycles
{
    public static void Check(ValidationContext context, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        var entered = new HashSet<string>();
        var path = new List<(string Name, int Next)>();
        var positions = new Dictionary<string, int>();
        foreach (var start in fragments.Keys)
        {
            if (entered.Add(start))
            {
                Push(start);
            }

            while (path.Count > 0)
            {
                var (name, next) = path[^1];
                var spreads = fragments[name].Spreads;
                if (next == spreads.Count)
                {
                    path.RemoveAt(path.Count - 1);
                    positions.Remove(name);
                    continue;
                }

                path[^1] = (name, next + 1);
                var target = spreads[next].Name.Value;
                if (positions.TryGetValue(target, out var first))
                {
                    Report(context, target, fragments, path, first);
                }
                else if (fragments.ContainsKey(target) && entered.Add(target))
                {
                    Push(target);
                }
            }
        }

        void Push(string name)
        {
            positions.Add(name, path.Count);
            path.Add((name, 0));
        }
    }

    private static void Report(ValidationContext context, string name, IReadOnlyDictionary<string, DefinitionUses> fragments, List<(string Name, int Next)> path, int first)
    {
        if (context.IsFull)
        {
            return;
        }

        var spreads = new SyntaxNode[path.Count - first];
        for (var i = 0; i < spreads.Length; i++)
        {
            var step = path[first + i];
            spreads[i] = fragments[step.Name].Spreads[step.Next - 1];
        }

        context.Report($"Fragment \"{name}\" cannot spread itself, neither directly nor through others.", spreads);
    }
}
