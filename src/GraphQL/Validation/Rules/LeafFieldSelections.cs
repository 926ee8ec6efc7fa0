using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.3.3 Leaf Field Selections: scalars and enums have no sub-selection, all else needs one.</summary>
internal static class LeafFieldSelections
{
    public static void Check(ValidationContext context, FieldNode field, FieldDefinition definition)
    {
        if (definition.Type.IsLeaf)
        {
            if (field.SelectionSet is { } selectionSet)
            {
                context.Report($"Field \"{field.Name.Value}\" must not have a selection, because its type {definition.Type} has no fields.", selectionSet);
            }
        }
        else if (field.SelectionSet is null)
        {
            context.Report($"Field \"{field.Name.Value}\" of type {definition.Type} must have a selection of fields.", field);
        }
    }
}
