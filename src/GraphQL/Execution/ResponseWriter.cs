using System.Text.Json;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Writes completed values. No deeper than the document and its lists, both of which are bounded.</summary>
internal static class ResponseWriter
{
    public static void Write(Utf8JsonWriter json, ResultObject? data)
    {
        if (data is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        var fields = data.Plan.Fields;
        var values = data.Values;
        for (var i = 0; i < fields.Length; i++)
        {
            json.WritePropertyName(fields[i].Name);
            Write(json, values[i], fields[i].Shape);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? value, Shape shape)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case ResultObject node:
                Write(json, node);
                break;
            case ResultList list:
                json.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(json, item, list.Item);
                }

                json.WriteEndArray();
                break;
            case EnumValue member:
                json.WriteStringValue(member.Encoded);
                break;
            default:
                ((ScalarType)shape.Named).WriteResult(json, value);
                break;
        }
    }
}
