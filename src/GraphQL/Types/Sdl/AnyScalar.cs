using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A scalar of which only the name is known: values pass unchanged, as the literal or the JSON that they came as.</summary>
internal sealed class AnyScalar(string name) : ScalarType(name)
{
    public override bool TryParseLiteral(ValueNode literal, out object? value)
    {
        value = literal;
        return true;
    }

    public override bool TryParseValue(JsonElement json, out object? value)
    {
        value = json;
        return true;
    }
}
