using System.Text.Json;

namespace ClientPortal.Isolation.Tests;

/// <summary>The API as it describes itself, for tests that try all of it: what is added is tried as well.</summary>
internal sealed class ApiSchema
{
    private const string Introspect = """
        { __schema { types { kind name fields { name args { name defaultValue type { ...t } } type { ...t } } inputFields { name defaultValue type { ...t } } enumValues { name } } } }
        fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
        """;

    private readonly Dictionary<string, JsonElement> _types;

    private ApiSchema(JsonElement schema) => _types = schema.GetProperty("types").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!); // types have names

    public static async Task<ApiSchema> ReadAsync(OnboardedPortal portal) => new((await portal.DataAsync(Introspect, null, null)).GetProperty("__schema"));

    /// <summary>What to put where an argument wants an id or a text.</summary>
    public sealed record Values(Func<string, string> Id, string Text);

    public IEnumerable<string> Fields(string type) => _types[type].GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!); // fields have names

    public bool TakesId(string type, string field) => Arguments(type, field).Any(a => Mentions(a.GetProperty("type"), "ID", 0));

    public bool TakesText(string type, string field) => Arguments(type, field).Any(a => Mentions(a.GetProperty("type"), "String", 0));

    /// <summary>The field with every argument filled, as variables, and with enough beneath it to be valid.</summary>
    public (string Document, Dictionary<string, object?> Variables) Call(string operation, string type, string field, Values values)
    {
        var arguments = Arguments(type, field).Where(a => a.GetProperty("name").GetString() is not ("after" or "before" or "first" or "last")).ToList();
        var variables = arguments.ToDictionary(a => a.GetProperty("name").GetString()!, a => Value(a.GetProperty("name").GetString()!, a.GetProperty("type"), values)); // arguments have names
        var declared = arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(a => $"${a.GetProperty("name").GetString()}: {Print(a.GetProperty("type"))}"))})";
        var passed = arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(a => $"{a.GetProperty("name").GetString()}: ${a.GetProperty("name").GetString()}"))})";
        var result = Named(FieldOf(type, field).GetProperty("type"));
        return ($"{operation}{declared} {{ {field}{passed} {Selection(result)} }}", variables);
    }

    private string Selection(JsonElement type)
    {
        if (type.GetProperty("kind").GetString() is "SCALAR" or "ENUM")
        {
            return "";
        }

        var fields = _types[type.GetProperty("name").GetString()!].GetProperty("fields"); // named
        var names = fields.ValueKind == JsonValueKind.Array ? fields.EnumerateArray().Select(f => f.GetProperty("name").GetString()).ToList() : [];
        return names.Contains("errors") ? "{ __typename errors { __typename ... on Error { code } } }" : names.Contains("nodes") ? "{ totalCount nodes { __typename } }" : "{ __typename }";
    }

    private object? Value(string name, JsonElement type, Values values)
    {
        if (type.GetProperty("kind").GetString() == "NON_NULL")
        {
            return Value(name, type.GetProperty("ofType"), values);
        }

        if (type.GetProperty("kind").GetString() == "LIST")
        {
            return new[] { Value(name, type.GetProperty("ofType"), values) };
        }

        var named = type.GetProperty("name").GetString()!; // neither list nor non-null
        return type.GetProperty("kind").GetString() switch
        {
            "ENUM" => _types[named].GetProperty("enumValues")[0].GetProperty("name").GetString(),
            "INPUT_OBJECT" => _types[named].GetProperty("inputFields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => Value(f.GetProperty("name").GetString()!, f.GetProperty("type"), values)), // named
            _ => named switch
            {
                "ID" => values.Id(name), "Boolean" => false, "Int" => 7, "EmailAddress" => "somebody.new@example.com", "CurrencyCode" => "EUR",
                "Date" => "2026-01-01", "DateTime" => "2026-01-01T00:00:00Z", "Decimal" or "Float" => 1, _ => values.Text,
            },
        };
    }

    private bool Mentions(JsonElement type, string scalar, int depth)
    {
        var named = Named(type);
        return named.GetProperty("name").GetString() == scalar || (depth < 3 && named.GetProperty("kind").GetString() == "INPUT_OBJECT"
            && _types[named.GetProperty("name").GetString()!].GetProperty("inputFields").EnumerateArray().Any(f => Mentions(f.GetProperty("type"), scalar, depth + 1))); // named
    }

    private JsonElement FieldOf(string type, string field) => _types[type].GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("name").GetString() == field);

    private JsonElement.ArrayEnumerator Arguments(string type, string field) => FieldOf(type, field).GetProperty("args").EnumerateArray();

    private static JsonElement Named(JsonElement type) => type.GetProperty("kind").GetString() is "NON_NULL" or "LIST" ? Named(type.GetProperty("ofType")) : type;

    private static string Print(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "NON_NULL" => $"{Print(type.GetProperty("ofType"))}!",
        "LIST" => $"[{Print(type.GetProperty("ofType"))}]",
        _ => type.GetProperty("name").GetString()!, // named
    };
}
