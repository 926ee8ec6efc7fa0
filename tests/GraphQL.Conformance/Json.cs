using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>Between the protocol's JSON and the engine's values.</summary>
internal static class Json
{
    /// <summary>For whatever a case nests.</summary>
    public static readonly JsonSerializerOptions Deep = new() { MaxDepth = 1024 };

    /// <summary>A request's document.</summary>
    public static string Document(JsonObject request)
    {
        try
        {
            return request["document"]!.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            // JSON can escape a lone surrogate, which is no text; U+FFFD is no token either.
            return "\uFFFD";
        }
    }

    public static JsonObject Errors(IReadOnlyList<GraphQLError> errors)
    {
        var answer = new JsonObject();
        if (errors.Count > 0)
        {
            answer["errors"] = new JsonArray([.. errors.Select(Error)]);
        }

        return answer;
    }

    private static JsonObject Error(GraphQLError error)
    {
        var json = new JsonObject { ["message"] = error.Message };
        if (error.Locations.Count > 0)
        {
            json["locations"] = new JsonArray([.. error.Locations.Select(l => new JsonObject { ["line"] = l.Line, ["column"] = l.Column })]);
        }

        if (error.Path is { } path)
        {
            json["path"] = Path(path);
        }

        return json;
    }

    public static JsonArray Path(IReadOnlyList<object> path) => new([.. path.Select(p => p is int index ? (JsonNode)index : (JsonNode)(string)p)]);

    /// <summary>A whole response. It is read back from the bytes that a client would get.</summary>
    public static JsonObject Response(GraphQLResult result) =>
        JsonNode.Parse(result.ToString(), documentOptions: new JsonDocumentOptions { MaxDepth = 1024 })!.AsObject();

    /// <summary>A coerced argument as the protocol writes it.</summary>
    public static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string s => s,
        bool b => b,
        int i => i,
        long l => l,
        double d => double.IsFinite(d) ? d : null,
        JsonElement json => JsonSerializer.SerializeToNode(json, Deep),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, Value(e.Value)))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Value)]),
        _ => throw new ArgumentException($"No JSON for {value.GetType()}.", nameof(value)),
    };

    /// <summary>A JSON value as a resolver would return it.</summary>
    public static object? Plain(JsonNode? node) => node switch
    {
        JsonArray items => items.Select(Plain).ToList(),
        JsonObject map => map.ToDictionary(e => e.Key, e => Plain(e.Value)),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.TryGetValue<long>(out var integer) ? integer : value.GetValue<double>(),
        },
        _ => null,
    };
}
