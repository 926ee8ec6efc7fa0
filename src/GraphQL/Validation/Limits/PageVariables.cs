using System.Globalization;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>Whether a document's cost depends on variables: only then is it worked out again for each request.</summary>
internal static class PageVariables
{
    /// <summary>Whether an argument says how many items a field gives: as a number, or as a list with one id for each.</summary>
    public static bool IsSize(ArgumentNode argument) => argument.Name.Value is "first" or "last" or "ids";

    /// <summary>How many items a literal stands for; null when that is not known.</summary>
    public static int? SizeOf(ValueNode? literal) => literal switch
    {
        IntValueNode n => int.TryParse(n.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue,
        ListValueNode list => list.Items.Count,
        _ => null,
    };

    /// <summary>How many items a coerced value stands for; null when that is not known.</summary>
    public static int? SizeOf(object? value) => value switch
    {
        int number => number,
        object?[] list => list.Length,
        _ => null,
    };

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
            if (arguments.Any(a => a.Value is VariableNode && IsSize(a)) || (below is not null && AreUsedIn(below)))
            {
                return true;
            }
        }

        return false;
    }
}
