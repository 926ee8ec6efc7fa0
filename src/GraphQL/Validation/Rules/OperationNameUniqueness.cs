using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.2.2.1 Operation Name Uniqueness.</summary>
internal static class OperationNameUniqueness
{
    public static void Check(ValidationContext context)
    {
        var seen = new Dictionary<string, NameNode>();
        foreach (var operation in context.Operations)
        {
            if (operation.Name is { } name && !seen.TryAdd(name.Value, name))
            {
                context.Report($"There can be only one operation named \"{name.Value}\".", seen[name.Value], name);
            }
        }
    }
}
