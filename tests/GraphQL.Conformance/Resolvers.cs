using System.Text.Json;
using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>The values of a case's fields, by response path or by type, and the record of the calls.</summary>
internal sealed class Resolvers
{
    private readonly Dictionary<string, JsonNode?>? _trace;
    private readonly Lock _lock = new();

    public Resolvers(JsonNode? spec)
    {
        if ((string?)spec?["mode"] != "wiring")
        {
            _trace = (spec?["fields"]?.AsArray() ?? []).ToDictionary(f => f!["path"]!.ToJsonString(), f => f!["value"]);
        }
    }

    /// <summary>One entry a call, in the order in which they began.</summary>
    public JsonArray Calls { get; } = [];

    public object? Resolve(ResolverContext context)
    {
        var path = Json.Path(context.Path!);
        var key = path.ToJsonString();
        lock (_lock)
        {
            Calls.Add(new JsonObject { ["path"] = path, ["args"] = Json.Value(context.Arguments.ToDictionary()) });
        }

        return _trace is null ? ByType(context.Field.Type) : Decode(_trace.GetValueOrDefault(key));
    }

    /// <summary>Which type an object says it is of.</summary>
    public static ObjectType? TypeOf(Schema schema, object value) =>
        value is ResolvedObject { TypeName: { } name } && schema.TryGetType(name, out var type) ? type as ObjectType : null;

    private static object? Decode(JsonNode? node) => node switch
    {
        JsonArray items => items.Select(Decode).ToList(),
        JsonObject o when o.ContainsKey("$async") => LaterAsync(Decode(o["$async"])),
        JsonObject o when o.ContainsKey("$error") => new GraphQLException(o["$error"]!.GetValue<string>(), "RESOLVER"),
        JsonObject o when o.ContainsKey("$obj") => new ResolvedObject((string?)o["$obj"]),
        JsonObject o when o.ContainsKey("$raw") => Json.Plain(o["$raw"]),
        _ => Json.Plain(node),
    };

    private static async Task<object?> LaterAsync(object? value)
    {
        await Task.Yield();
        return value is Exception failure ? throw failure : value;
    }

    private static object? ByType(GraphQLType type) => type switch
    {
        NonNullType n => ByType(n.Of),
        ListType l => new List<object?> { ByType(l.Of), ByType(l.Of) },
        ScalarType s => s.Name switch { "Int" => 2L, "Float" => 3.14, "Boolean" => true, "ID" => "id", _ => "str" },
        EnumType e => e.Values[0].Name,
        UnionType u => new ResolvedObject(u.PossibleTypes.Select(t => t.Name).Order(StringComparer.Ordinal).First()),
        InterfaceType i => new ResolvedObject(i.PossibleTypes.Select(t => t.Name).Order(StringComparer.Ordinal).LastOrDefault()),
        _ => new ResolvedObject(type.Named.Name),
    };
}

/// <summary>An object that a case's resolver returns; its fields are found by their path.</summary>
internal sealed record ResolvedObject(string? TypeName);
