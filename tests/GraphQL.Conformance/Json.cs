using System.Text.Json.Nodes;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>Errors as the protocol writes them.</summary>
internal static class Json
{
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
            json["path"] = new JsonArray([.. path.Select(p => p is int index ? (JsonNode)index : (JsonNode)(string)p)]);
        }

        return json;
    }
}
