using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.1.3 Fragments on Object, Interface or Union Types.</summary>
internal static class FragmentsOnCompositeTypes
{
    public static void Check(ValidationContext context, NamedTypeNode condition)
    {
        if (context.Schema.Types.ContainsKey(condition.Name) && context.CompositeType(condition.Name) is null)
        {
            context.Report($"A fragment cannot apply to \"{condition.Name}\", which is no object, interface or union.", condition);
        }
    }
}
