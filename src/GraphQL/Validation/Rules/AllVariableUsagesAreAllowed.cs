using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.8.5 All Variable Usages Are Allowed, for one variable: its type fits every place where it is used.</summary>
internal sealed class AllVariableUsagesAreAllowed(ValidationContext context, VariableDefinitionNode variable)
{
    private readonly GraphQLType? _type = context.TypeOf(variable.Type);

    public void Check(VariableUse use)
    {
        if (_type is null || use.Type is null)
        {
            return;
        }

        if (!IsAllowed(use, _type, use.Type))
        {
            var place = use.OneOf is null ? use.Type.ToString() : $"{use.Type.Nullable}! (a field of {use.OneOf}, which is @oneOf)";
            context.Report($"Variable \"${variable.Variable.Name}\" of type {_type} cannot be used where {place} is expected.", variable, use.Node);
        }
    }

    private bool IsAllowed(VariableUse use, GraphQLType type, GraphQLType expected)
    {
        // IsNonNullPosition(): a field of a @oneOf object takes no null, although its type would.
        if ((expected is NonNullType || use.OneOf is not null) && type is not NonNullType)
        {
            return (variable.DefaultValue is not (null or NullValueNode) || use.HasDefault) && TypeComparison.IsSubtype(type, expected.Nullable);
        }

        return TypeComparison.IsSubtype(type, expected);
    }
}
