using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A scalar (section 3.5): how its values are read from literals and JSON.</summary>
public abstract class ScalarType(string name) : NamedType(name)
{
    /// <summary>Where the scalar's format is specified (<c>@specifiedBy</c>), or null.</summary>
    public string? SpecifiedBy { get; init; }

    /// <summary>Reads a literal without variables in it. False when the literal is not one of this scalar's values.</summary>
    public abstract bool TryParseLiteral(ValueNode literal, out object? value);

    /// <summary>Reads a literal with variables in it, which only a scalar that takes lists and maps can have.</summary>
    internal virtual bool TryParseLiteral(ValueNode literal, IReadOnlyDictionary<string, object?>? variables, out object? value) => TryParseLiteral(literal, out value);

    /// <summary>Reads a variable's JSON value, which is never JSON null. False when it is not one of this scalar's values.</summary>
    public abstract bool TryParseValue(JsonElement json, out object? value);

    /// <summary>Result coercion (section 3.5): what a resolver returned, as a value that <see cref="WriteResult"/> takes. False when it cannot be one of this scalar's values.</summary>
    internal virtual bool TryCoerceResult(object value, out object? result)
    {
        result = value;
        return true;
    }

    /// <summary>Writes a coerced value.</summary>
    internal virtual void WriteResult(Execution.JsonOutput json, object value) => json.Value(value, static (writer, v) => Execution.JsonValues.Write(writer, v));
}
