using System.Text.Json;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Writes errors (section 7.1.2).</summary>
internal static class ErrorWriter
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<GraphQLError> errors)
    {
        json.WriteStartArray();
        foreach (var error in errors)
        {
            Write(json, error);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, GraphQLError error)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, error.Message);
        if (error.Locations.Count > 0)
        {
            json.WriteStartArray("locations"u8);
            foreach (var location in error.Locations)
            {
                json.WriteStartObject();
                json.WriteNumber("line"u8, location.Line);
                json.WriteNumber("column"u8, location.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            json.WritePropertyName("path"u8);
            JsonValues.Write(json, path);
        }

        if (error.Code is not null || error.Extensions is { Count: > 0 })
        {
            json.WriteStartObject("extensions"u8);
            if (error.Code is { } code)
            {
                json.WriteString("code"u8, code);
            }

            foreach (var (key, value) in error.Extensions ?? new Dictionary<string, object?>())
            {
                json.WritePropertyName(key);
                JsonValues.Write(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
