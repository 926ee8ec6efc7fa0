using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Execution;

/// <summary>The variables that <c>@skip</c> and <c>@include</c> depend on: a plan holds for one set of their values.</summary>
internal static class PlanConditions
{
    public static IEnumerable<string> Of(DocumentNode document)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var definition in document.Definitions)
        {
            switch (definition)
            {
                case OperationNode operation: Collect(operation.SelectionSet, names); break;
                case FragmentDefinitionNode fragment: Collect(fragment.SelectionSet, names); break;
            }
        }

        return names;
    }

    private static void Collect(SelectionSetNode? selectionSet, SortedSet<string> names)
    {
        foreach (var selection in selectionSet?.Selections ?? [])
        {
            foreach (var directive in selection.Directives)
            {
                if (directive.Name.Value is "skip" or "include")
                {
                    names.UnionWith(directive.Arguments.Select(a => a.Value).OfType<VariableNode>().Select(v => v.Name));
                }
            }

            Collect((selection as FieldNode)?.SelectionSet ?? (selection as InlineFragmentNode)?.SelectionSet, names);
        }
    }
}
