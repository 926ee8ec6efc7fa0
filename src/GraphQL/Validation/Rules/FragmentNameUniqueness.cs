namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.1.1 Fragment Name Uniqueness.</summary>
internal static class FragmentNameUniqueness
{
    public static void Check(ValidationContext context)
    {
        foreach (var fragment in context.FragmentDefinitions)
        {
            var first = context.Fragments[fragment.Name.Value];
            if (fragment != first)
            {
                context.Report($"There can be only one fragment named \"{fragment.Name.Value}\".", first.Name, fragment.Name);
            }
        }
    }
}
