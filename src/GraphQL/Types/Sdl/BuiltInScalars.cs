using System.Globalization;
using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Int, Float, String, Boolean and ID as a schema without CLR types knows them (section 3.5).</summary>
internal sealed class BuiltInScalars(string name, Func<ValueNode, object?> fromLiteral, Func<JsonElement, object?> fromJson) : ScalarType(name)
{
    public static IReadOnlyList<ScalarType> All { get; } =
    [
        new BuiltInScalars(
            "Int",
            literal => literal is IntValueNode n && int.TryParse(n.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null,
            json => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && value == Math.Floor(value) && value is >= int.MinValue and <= int.MaxValue ? (int)value : null),
        new BuiltInScalars(
            "Float",
            literal => ((literal as IntValueNode)?.Text ?? (literal as FloatValueNode)?.Text) is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null,
            json => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value) ? value : null),
        new BuiltInScalars(
            "String",
            literal => (literal as StringValueNode)?.Value,
            json => json.ValueKind == JsonValueKind.String ? json.GetString() : null),
        new BuiltInScalars(
            "Boolean",
            literal => (literal as BooleanValueNode)?.Value,
            json => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null),
        new BuiltInScalars(
            "ID",
            literal => (literal as StringValueNode)?.Value ?? (literal as IntValueNode)?.Text,
            json => json.ValueKind switch { JsonValueKind.String => json.GetString(), JsonValueKind.Number => json.GetRawText(), _ => null }),
    ];

    public override bool TryParseLiteral(ValueNode literal, out object? value) => (value = fromLiteral(literal)) is not null;

    public override bool TryParseValue(JsonElement json, out object? value) => (value = fromJson(json)) is not null;
}
