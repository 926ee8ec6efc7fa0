using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.3.1 Field Selections: a field is defined on the type that it is selected on.</summary>
internal static class FieldSelections
{
    /// <summary>The field's definition; null after the error, and where the type itself is unknown.</summary>
    public static FieldDefinition? Check(ValidationContext context, FieldNode field, NamedType? parent)
    {
        if (parent is null)
        {
            return null;
        }

        var definition = context.FieldOf(parent, field.Name.Value);
        if (definition is null)
        {
            var suggestion = context.Suggest(field.Name.Value, parent is FieldsType type ? type.Fields.Select(f => f.Name) : []);
            context.Report($"Cannot query field \"{field.Name.Value}\" on type \"{parent}\".{suggestion}", field);
        }

        return definition;
    }
}
