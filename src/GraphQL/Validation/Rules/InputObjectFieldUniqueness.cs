using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.6.3 Input Object Field Uniqueness.</summary>
internal static class InputObjectFieldUniqueness
{
    public static void Check(ValidationContext context, ObjectValueNode value)
    {
        if (value.Fields.Count < 2)
        {
            return;
        }

        var seen = new Dictionary<string, NameNode>(value.Fields.Count);
        foreach (var field in value.Fields)
        {
            if (!seen.TryAdd(field.Name.Value, field.Name))
            {
                context.Report($"There can be only one input field named \"{field.Name.Value}\".", seen[field.Name.Value], field.Name);
            }
        }
    }
}
