using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Validation;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>Puts the engine behind the messages of the conformance protocol, version 1.</summary>
internal sealed class Adapter
{
    private readonly Dictionary<string, ExecutableSchema> _schemas = [];

    public async Task<JsonObject> AnswerAsync(JsonObject request)
    {
        try
        {
            return (string?)request["op"] switch
            {
                "hello" => Hello(),
                "parse" => Answer(() => Parse(request)),
                "schema" => Answer(() => SchemaOf(request)),
                "validate" => Json.Errors(Validator.Validate(SchemaOf(request).Schema, Parse(request), ExecutableSchema.Unlimited)),
                "execute" => await SchemaOf(request).ExecuteAsync(request),
                "subscribe" => await SchemaOf(request).SubscribeAsync(request),
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
        ["ops"] = new JsonArray("parse", "schema", "validate", "execute", "subscribe"),
        ["features"] = new JsonArray("calls", "sdl-documents", "skipValidation"),
    };

    private static JsonObject Answer(Func<object> work)
    {
        work();
        return [];
    }

    private static DocumentNode Parse(JsonObject request) => Parser.Parse(Source.From(Json.Document(request)), ParserOptions.Trusted);

    // The same schema comes with many cases.
    private ExecutableSchema SchemaOf(JsonObject request)
    {
        var sdl = request["schema"]!.GetValue<string>();
        if (!_schemas.TryGetValue(sdl, out var schema))
        {
            schema = new ExecutableSchema(sdl);
            _schemas.Add(sdl, schema);
        }

        return schema;
    }
}
