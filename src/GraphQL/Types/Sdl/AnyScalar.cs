using System.Globalization;
using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A scalar of which only the name is known: values pass unchanged, from a literal as the strings, numbers, lists and maps that JSON would have held.</summary>
internal sealed class AnyScalar(string name) : ScalarType(name)
{
    public override bool TryParseLiteral(ValueNode literal, out object? value)
    {
        value = ToJsonLike(literal);
        return true;
    }

    public override bool TryParseValue(JsonElement json, out object? value)
    {
        value = json;
        return true;
    }

    private static object? ToJsonLike(ValueNode literal) => literal switch
    {
        StringValueNode n => n.Value,
        EnumValueNode n => n.Name,
        BooleanValueNode n => n.Value,
        IntValueNode n when long.TryParse(n.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        IntValueNode n => double.Parse(n.Text, CultureInfo.InvariantCulture),
        FloatValueNode n => double.Parse(n.Text, CultureInfo.InvariantCulture),
        ListValueNode n => n.Items.Select(ToJsonLike).ToList(),
        ObjectValueNode n => n.Fields.DistinctBy(f => f.Name.Value).ToDictionary(f => f.Name.Value, f => ToJsonLike(f.Value)),
        _ => null,
    };
}
