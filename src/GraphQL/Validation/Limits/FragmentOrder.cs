using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>Puts fragments in an order in which each comes after those that it spreads, on a stack of its own: a chain of fragments can be long.</summary>
internal static class FragmentOrder
{
    /// <summary>The fragments in order; null when they form a cycle.</summary>
    public static IReadOnlyList<FragmentDefinitionNode>? Of(IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        var order = new List<FragmentDefinitionNode>(fragments.Count);
        var finished = new Dictionary<string, bool>();
        var path = new Stack<(FragmentDefinitionNode Fragment, IEnumerator<string> Spreads)>();
        foreach (var start in fragments.Values)
        {
            if (!finished.ContainsKey(start.Name.Value))
            {
                Push(start);
            }

            while (path.TryPeek(out var top))
            {
                if (!top.Spreads.MoveNext())
                {
                    path.Pop();
                    finished[top.Fragment.Name.Value] = true;
                    order.Add(top.Fragment);
                }
                else if (!fragments.TryGetValue(top.Spreads.Current, out var next))
                {
                    continue;
                }
                else if (!finished.TryGetValue(next.Name.Value, out var isFinished))
                {
                    Push(next);
                }
                else if (!isFinished)
                {
                    return null;
                }
            }
        }

        return order;

        void Push(FragmentDefinitionNode fragment)
        {
            finished[fragment.Name.Value] = false;
            var spreads = new List<string>();
            CollectSpreads(fragment.SelectionSet, spreads);
            path.Push((fragment, spreads.GetEnumerator()));
        }
    }

    private static void CollectSpreads(SelectionSetNode selectionSet, List<string> spreads)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FragmentSpreadNode spread:
                    spreads.Add(spread.Name.Value);
                    break;
                case FieldNode { SelectionSet: { } below }:
                    CollectSpreads(below, spreads);
                    break;
                case InlineFragmentNode inline:
                    CollectSpreads(inline.SelectionSet, spreads);
                    break;
            }
        }
    }
}
