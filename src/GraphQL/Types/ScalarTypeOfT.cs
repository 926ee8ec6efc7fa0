using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A custom scalar with CLR values of <typeparamref name="T"/>. Register it with <c>AddScalar</c>.</summary>
/// <typeparam name="T">The CLR type; members of this type get the scalar unless they name another with <see cref="GraphQLTypeAttribute"/>.</typeparam>
/// <param name="name">The GraphQL name.</param>
public abstract class ScalarType<T>(string name) : ScalarType(name)
    where T : notnull
{
    /// <summary>Reads a string, number or boolean. False when it is not one of this scalar's values.</summary>
    /// <param name="text">The string, or the number as written.</param>
    /// <param name="kind">String, Number, True or False.</param>
    /// <param name="value">The value.</param>
    protected abstract bool TryParse(string text, JsonValueKind kind, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes a value to the response.</summary>
    protected abstract void Write(Utf8JsonWriter json, T value);

    /// <inheritdoc/>
    public sealed override bool TryParseLiteral(ValueNode literal, out object? value)
    {
        var (text, kind) = literal switch
        {
            StringValueNode s => (s.Value, JsonValueKind.String),
            IntValueNode i => (i.Text, JsonValueKind.Number),
            FloatValueNode f => (f.Text, JsonValueKind.Number),
            BooleanValueNode b => (b.Value ? "true" : "false", b.Value ? JsonValueKind.True : JsonValueKind.False),
            _ => ("", JsonValueKind.Undefined),
        };
        return TryParse(text, kind, out value);
    }

    /// <inheritdoc/>
    public sealed override bool TryParseValue(JsonElement json, out object? value) =>
        TryParse(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText(), json.ValueKind, out value);

    internal sealed override bool TryCoerceResult(object value, out object? result)
    {
        result = value;
        return value is T;
    }

    internal override void WriteResult(Execution.JsonOutput json, object value) => json.Value((T)value, Write);

    private bool TryParse(string text, JsonValueKind kind, out object? value)
    {
        if (kind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            && TryParse(text, kind, out T? typed))
        {
            value = typed;
            return true;
        }

        value = null;
        return false;
    }
}
