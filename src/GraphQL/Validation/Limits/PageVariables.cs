using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>Whether a document's cost depends on variables: only then is it worked out again for each request.</summary>
internal static class PageVariables
{
    public static bool AreUsedIn(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is OperationNode operation ? AreUsedIn(operation.SelectionSet) : definition is FragmentDefinitionNode fragment && AreUsedIn(fragment.SelectionSet))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreUsedIn(SelectionSetNode selectionSet)
    {
        foreach (var selection in selectionSet.Selections)
        {
            var (arguments, below) = selection switch
            {
                FieldNode field => (field.Arguments, field.SelectionSet),
                InlineFragmentNode inline => ([], inline.SelectionSet),
                _ => ((IReadOnlyList<ArgumentNode>)[], null),
            };
            if (arguments.Any(a => a is { Value: VariableNode, Name.Value: "first" or "last" }) || (below is not null && AreUsedIn(below)))
            {
                return true;
            }
        }

        return false;
    }
}
