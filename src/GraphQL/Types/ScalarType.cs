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

    /// <summary>Reads a variable's JSON value, which is never JSON null. False when it is not one of this scalar's values.</summary>
    public abstract bool TryParseValue(JsonElement json, out object? value);
}
