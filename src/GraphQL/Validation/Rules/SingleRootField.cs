using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.2.4.1 Single Root Field: a subscription selects one field at its root, unconditionally, and none of introspection.</summary>
internal static class SingleRootField
{
    public static void Check(ValidationContext context)
    {
        foreach (var operation in context.Operations)
        {
            if (operation.Kind == OperationKind.Subscription && context.Schema.Subscription is { } root)
            {
                Check(context, operation, root);
            }
        }
    }

    private static void Check(ValidationContext context, OperationNode operation, ObjectType root)
    {
        var (fields, conditions) = Collect(context, operation, root);
        if (conditions.Count > 0)
        {
            context.Report("A subscription must not use @skip or @include on its root selections.", [.. conditions]);
            return;
        }

        if (fields.Count == 0)
        {
            context.Report("A subscription must select one root field.", operation.SelectionSet);
            return;
        }

        var extra = fields.Where(f => f.ResponseName != fields[0].ResponseName).ToArray();
        if (extra.Length > 0)
        {
            context.Report("A subscription must select only one root field.", extra);
        }

        foreach (var same in fields.Where(f => f.Name.Value.StartsWith("__", StringComparison.Ordinal)).GroupBy(f => f.ResponseName))
        {
            context.Report("A subscription must not select an introspection field at its root.", [.. same]);
        }
    }

    /// <summary>CollectSubscriptionFields(), with a stack of its own: a chain of fragments can be long.</summary>
    private static (List<FieldNode> Fields, List<SyntaxNode> Conditions) Collect(ValidationContext context, OperationNode operation, ObjectType root)
    {
        var fields = new List<FieldNode>();
        var conditions = new List<SyntaxNode>();
        var visited = new HashSet<string>();
        var waiting = new Stack<SelectionNode>(operation.SelectionSet.Selections.Reverse());
        while (waiting.TryPop(out var selection))
        {
            conditions.AddRange(selection.Directives.Where(d => d.Name.Value is "skip" or "include"));
            switch (selection)
            {
                case FieldNode field:
                    fields.Add(field);
                    break;
                case InlineFragmentNode fragment:
                    Push(fragment.TypeCondition, fragment.SelectionSet);
                    break;
                case FragmentSpreadNode spread:
                    if (visited.Add(spread.Name.Value) && context.Fragments.TryGetValue(spread.Name.Value, out var definition))
                    {
                        Push(definition.TypeCondition, definition.SelectionSet);
                    }

                    break;
            }
        }

        return (fields, conditions);

        void Push(NamedTypeNode? condition, SelectionSetNode selectionSet)
        {
            if (condition is not null && !(context.CompositeType(condition.Name) is { } type && TypeComparison.IsSubtype(root, type)))
            {
                return;
            }

            for (var i = selectionSet.Selections.Count - 1; i >= 0; i--)
            {
                waiting.Push(selectionSet.Selections[i]);
            }
        }
    }
}
