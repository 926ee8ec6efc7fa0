using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>Puts the engine behind the messages of the conformance protocol, version 1.</summary>
internal sealed class Adapter
{
    private readonly ParserOptions _bounds = ParserOptions.Trusted;
    private readonly Dictionary<string, Schema> _schemas = [];

    public JsonObject Answer(JsonObject request)
    {
        try
        {
            return (string?)request["op"] switch
            {
                "hello" => Hello(),
                "parse" => Parse(Text(request, "document")),
                "schema" => BuildSchema(Text(request, "schema")),
                _ => new JsonObject { ["unsupported"] = true },
            };
        }
        catch (SyntaxException e)
        {
            return Json.Errors([e.ToError()]);
        }
        catch (SchemaException e)
        {
            return Json.Errors(e.Errors);
        }
#pragma warning disable CA1031 // The protocol asks for every failure of the engine to be told, not to end the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new JsonObject { ["adapterError"] = e.ToString() };
        }
    }

    private static JsonObject Hello() => new()
    {
        ["name"] = "ClientPortal.GraphQL",
        ["version"] = "1",
        ["ops"] = new JsonArray("parse", "schema"),
        ["features"] = new JsonArray("calls", "sdl-documents"),
    };

    private JsonObject Parse(string document)
    {
        Parser.Parse(Source.From(document), _bounds);
        return [];
    }

    private JsonObject BuildSchema(string sdl)
    {
        SchemaOf(sdl);
        return [];
    }

    // The same schema comes with many cases.
    private Schema SchemaOf(string sdl)
    {
        if (!_schemas.TryGetValue(sdl, out var schema))
        {
            schema = SdlSchema.Build(sdl);
            _schemas.Add(sdl, schema);
        }

        return schema;
    }

    private static string Text(JsonObject request, string member) => request[member]!.GetValue<string>();
}
