using System.Globalization;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>The five scalars of the specification (section 3.5).</summary>
internal static class BuiltInScalars
{
    public static ScalarType Int { get; } = new IntScalar();

    public static ScalarType Float { get; } = new FloatScalar();

    public static ScalarType String { get; } = new StringScalar();

    public static ScalarType Boolean { get; } = new BooleanScalar();

    public static ScalarType ID { get; } = new IDScalar();

    public static IReadOnlyList<ScalarType> All { get; } = [Int, Float, String, Boolean, ID];

    public static bool Contains(NamedType type) => type is ScalarType scalar && All.Contains(scalar);

    private sealed class IntScalar() : ScalarType("Int")
    {
        public override bool TryParseLiteral(ValueNode literal, out object? value)
        {
            var ok = int.TryParse((literal as IntValueNode)?.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            value = number;
            return ok;
        }

        public override bool TryParseValue(JsonElement json, out object? value)
        {
            value = null;
            if (json.ValueKind != JsonValueKind.Number)
            {
                return false;
            }

            // 1.0 and 1e3 are integers too: JSON does not tell them apart.
            if (json.TryGetInt32(out var number) || (json.TryGetDouble(out var real) && TryInteger(real, out number)))
            {
                value = number;
                return true;
            }

            return false;
        }

        internal override bool TryCoerceResult(object value, out object? result)
        {
            var number = 0;
            var ok = value switch
            {
                int => true,
                bool b => (number = b ? 1 : 0) >= 0,
                long l => l is >= int.MinValue and <= int.MaxValue && (number = (int)l) == l,
                double d => TryInteger(d, out number),
                decimal m => TryInteger((double)m, out number),
                string { Length: > 0 } s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && TryInteger(d, out number),
                _ => false,
            };
            result = value is int ? value : number;
            return ok;
        }

        internal override void WriteResult(JsonOutput json, object value) => json.Number((int)value);

        private static bool TryInteger(double real, out int number)
        {
            var ok = real is >= int.MinValue and <= int.MaxValue && Math.Floor(real) == real;
            number = ok ? (int)real : 0;
            return ok;
        }
    }

    private sealed class FloatScalar() : ScalarType("Float")
    {
        public override bool TryParseLiteral(ValueNode literal, out object? value)
        {
            // A literal beyond the range of a double becomes infinity, as in the reference implementation; results must be finite.
            var text = (literal as FloatValueNode)?.Text ?? (literal as IntValueNode)?.Text;
            var ok = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            value = number;
            return ok;
        }

        public override bool TryParseValue(JsonElement json, out object? value)
        {
            var number = 0d;
            var ok = json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out number) && double.IsFinite(number);
            value = number;
            return ok;
        }

        internal override bool TryCoerceResult(object value, out object? result)
        {
            var number = value switch
            {
                double d => d,
                float f => f,
                int i => i,
                long l => l,
                decimal m => (double)m,
                bool b => b ? 1d : 0d,
                string { Length: > 0 } s when double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) => d,
                _ => double.NaN,
            };
            result = value is double ? value : number;
            return double.IsFinite(number);
        }

        internal override void WriteResult(JsonOutput json, object value) => json.Number((double)value);
    }

    private sealed class StringScalar() : ScalarType("String")
    {
        public override bool TryParseLiteral(ValueNode literal, out object? value)
        {
            value = (literal as StringValueNode)?.Value;
            return value is not null;
        }

        public override bool TryParseValue(JsonElement json, out object? value) => TryString(json, out value);

        internal override bool TryCoerceResult(object value, out object? result)
        {
            result = value as string ?? Text(value);
            return result is not null;
        }

        internal override void WriteResult(JsonOutput json, object value) => json.String((string)value);
    }

    private sealed class BooleanScalar() : ScalarType("Boolean")
    {
        private static readonly object True = true;
        private static readonly object False = false;

        public override bool TryParseLiteral(ValueNode literal, out object? value)
        {
            value = literal is BooleanValueNode b ? b.Value ? True : False : null;
            return value is not null;
        }

        public override bool TryParseValue(JsonElement json, out object? value)
        {
            value = json.ValueKind switch { JsonValueKind.True => True, JsonValueKind.False => False, _ => null };
            return value is not null;
        }

        internal override bool TryCoerceResult(object value, out object? result)
        {
            result = value switch
            {
                bool => value,
                int i => i != 0 ? True : False,
                long l => l != 0 ? True : False,
                double d when double.IsFinite(d) => d != 0 ? True : False,
                decimal m => m != 0 ? True : False,
                _ => null,
            };
            return result is not null;
        }

        internal override void WriteResult(JsonOutput json, object value) => json.Boolean((bool)value);
    }

    private sealed class IDScalar() : ScalarType("ID")
    {
        public override bool TryParseLiteral(ValueNode literal, out object? value)
        {
            value = (literal as StringValueNode)?.Value ?? (literal as IntValueNode)?.Text;
            return value is not null;
        }

        public override bool TryParseValue(JsonElement json, out object? value)
        {
            if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && Math.Floor(number) == number && Math.Abs(number) < 1e21)
            {
                value = json.TryGetInt64(out var integer) ? integer.ToString(CultureInfo.InvariantCulture) : NumberText.Of(number);
                return true;
            }

            return TryString(json, out value);
        }

        internal override bool TryCoerceResult(object value, out object? result)
        {
            result = value switch
            {
                string s => s,
                int or long => Text(value),
                double d when Math.Floor(d) == d => Text(d),
                NodeId id => id.ToString(),
                _ => null,
            };
            return result is not null;
        }

        internal override void WriteResult(JsonOutput json, object value) => json.String((string)value);
    }

    private static bool TryString(JsonElement json, out object? value)
    {
        value = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return value is not null;
    }

    private static string? Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        double d => double.IsFinite(d) ? NumberText.Of(d) : null,
        int or long or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
