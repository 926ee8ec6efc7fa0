using System.Globalization;
using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A scalar of which only the name is known: values pass unchanged, from a literal as the strings, numbers, lists and maps that JSON would have held.</summary>
internal sealed class AnyScalar(string name) : ScalarType(name)
{
    private static readonly Dictionary<string, object?> None = [];

    public override bool TryParseLiteral(ValueNode literal, out object? value) => TryParseLiteral(literal, null, out value);

    internal override bool TryParseLiteral(ValueNode literal, IReadOnlyDictionary<string, object?>? variables, out object? value)
    {
        value = ToJsonLike(literal, variables ?? None);
        return true;
    }

    public override bool TryParseValue(JsonElement json, out object? value)
    {
        value = json;
        return true;
    }

    // A variable without a value is as if its field were not written, as in input objects (3.10); in a list it is null.
    private static object? ToJsonLike(ValueNode literal, IReadOnlyDictionary<string, object?> variables) => literal switch
    {
        StringValueNode n => n.Value,
        EnumValueNode n => n.Name,
        BooleanValueNode n => n.Value,
        IntValueNode n when long.TryParse(n.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        IntValueNode n => double.Parse(n.Text, CultureInfo.InvariantCulture),
        FloatValueNode n => double.Parse(n.Text, CultureInfo.InvariantCulture),
        VariableNode n => variables.GetValueOrDefault(n.Name),
        ListValueNode n => n.Items.Select(item => ToJsonLike(item, variables)).ToList(),
        ObjectValueNode n => n.Fields.DistinctBy(f => f.Name.Value)
            .Where(f => f.Value is not VariableNode variable || variables.ContainsKey(variable.Name))
            .ToDictionary(f => f.Name.Value, f => ToJsonLike(f.Value, variables)),
        _ => null,
    };
}
