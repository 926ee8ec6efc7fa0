using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Writes completed values. No deeper than the document and its lists, both of which are bounded.</summary>
internal static class ResponseWriter
{
    public static void Write(JsonOutput json, ResultObject? data)
    {
        if (data is null)
        {
            json.Null();
            return;
        }

        var fields = data.Plan.Fields;
        var values = data.Values;
        json.Raw((byte)'{');
        for (var i = 0; i < fields.Length; i++)
        {
            json.Raw(i == 0 ? fields[i].Name.AsSpan(1) : fields[i].Name);
            Write(json, values[i], fields[i].Shape);
        }

        json.Raw((byte)'}');
    }

    private static void Write(JsonOutput json, object? value, Shape shape)
    {
        switch (value)
        {
            case null:
                json.Null();
                break;
            case ResultObject node:
                Write(json, node);
                break;
            case ResultList list:
                Write(json, list);
                break;
            case EnumValue member:
                json.Raw(member.Encoded);
                break;
            default:
                shape.Scalar!.WriteResult(json, value);
                break;
        }
    }

    private static void Write(JsonOutput json, ResultList list)
    {
        json.Raw((byte)'[');
        for (var i = 0; i < list.Values.Length; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            Write(json, list.Values[i], list.Item);
        }

        json.Raw((byte)']');
    }
}
