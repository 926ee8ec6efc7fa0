using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.4.2 Argument Uniqueness.</summary>
internal static class ArgumentUniqueness
{
    public static void Check(ValidationContext context, IReadOnlyList<ArgumentNode> arguments)
    {
        if (arguments.Count < 2)
        {
            return;
        }

        var names = new HashSet<string>(arguments.Count);
        var unique = true;
        for (var i = 0; i < arguments.Count; i++)
        {
            unique &= names.Add(arguments[i].Name.Value);
        }

        if (!unique)
        {
            foreach (var same in arguments.GroupBy(a => a.Name.Value).Where(g => g.Count() > 1))
            {
                context.Report($"There can be only one argument named \"{same.Key}\".", [.. same.Select(a => a.Name)]);
            }
        }
    }
}
