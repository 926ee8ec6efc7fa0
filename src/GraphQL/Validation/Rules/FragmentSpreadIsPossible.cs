using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.2.3 Fragment Spread Is Possible: some object can be both of the fragment's type and of the type around it.</summary>
internal static class FragmentSpreadIsPossible
{
    public static void Check(ValidationContext context, FragmentSpreadNode spread, NamedType? parent)
    {
        if (context.Fragments.TryGetValue(spread.Name.Value, out var fragment))
        {
            Check(context, spread, context.CompositeType(fragment.TypeCondition.Name), parent);
        }
    }

    public static void Check(ValidationContext context, SelectionNode node, NamedType? type, NamedType? parent)
    {
        if (type is not null && parent is not null && !TypeComparison.Overlap(type, parent))
        {
            context.Report($"A fragment on \"{type}\" cannot be spread here: no object is of type \"{parent}\" too.", node);
        }
    }
}
