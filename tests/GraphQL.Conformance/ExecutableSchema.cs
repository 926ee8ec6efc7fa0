using System.Text.Json;
using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClientPortal.GraphQL.Conformance;

/// <summary>A schema from SDL whose every field asks the case's <see cref="Resolvers"/>.</summary>
internal sealed class ExecutableSchema : IServiceProvider
{
    private readonly RequestExecutor _executor;

    public ExecutableSchema(string sdl)
    {
        Schema schema = null!; // no value is resolved before it is built
        schema = SdlSchema.Build(sdl, (_, value) => Resolvers.TypeOf(schema, value));
        foreach (var field in schema.Types.Values.Where(t => !BuiltIns.IsBuiltIn(t.Name)).OfType<ObjectType>().SelectMany(t => t.Fields))
        {
            field.Resolver = new DynamicResolver(context => (context.Event as Resolvers ?? context.GlobalState<Resolvers>()).Resolve(context));
        }

        foreach (var field in schema.Subscription?.Fields ?? [])
        {
            field.Source = new SubscriptionSource(context => context.GlobalState<CaseEvents>().OpenAsync());
        }

        var options = new GraphQLOptions { Introspection = true, Parser = ParserOptions.Trusted, Validation = Unlimited };
        _executor = new RequestExecutor(schema, Options.Create(options), NullLogger<ErrorReporter>.Instance);
    }

    /// <summary>The cases ask for the rules, not for this project's limits.</summary>
    public static ValidationOptions Unlimited { get; } = new() { Limits = null };

    public Schema Schema => _executor.Schema;

    /// <summary>Runs one operation. A subscription is run as for a single event.</summary>
    public async Task<JsonObject> ExecuteAsync(JsonObject request)
    {
        var resolvers = new Resolvers(request["resolvers"]);
        var result = await RunAsync(request, resolvers, new CaseEvents([resolvers], error: null));
        if (result.Events is { } events)
        {
            result = await events.SingleAsync();
        }

        var answer = Json.Response(result);
        if (request["calls"]?.GetValue<bool>() == true)
        {
            answer["calls"] = resolvers.Calls;
        }

        return answer;
    }

    /// <summary>Starts a subscription and collects its responses.</summary>
    public async Task<JsonObject> SubscribeAsync(JsonObject request)
    {
        var sources = (request["events"]?.AsArray() ?? []).Select(e => new Resolvers(e)).ToArray();
        var result = await RunAsync(request, new Resolvers(null), new CaseEvents(sources, (string?)request["sourceError"]));
        if (result.Events is null)
        {
            return Json.Response(result);
        }

        var events = new JsonArray();
        await foreach (var response in result.Events)
        {
            events.Add(Json.Response(response));
        }

        return new JsonObject { ["events"] = events };
    }

    private ValueTask<GraphQLResult> RunAsync(JsonObject request, Resolvers resolvers, CaseEvents events)
    {
        var context = new GraphQLRequestContext(this);
        context.Set(resolvers);
        context.Set(events);
        return request["skipValidation"]?.GetValue<bool>() == true
            ? RunUnvalidatedAsync(Request(request), context)
            : _executor.ExecuteAsync(Request(request), context, CancellationToken.None);
    }

    // Execution must stay sound even for what validation would have refused.
    private ValueTask<GraphQLResult> RunUnvalidatedAsync(GraphQLRequest request, GraphQLRequestContext context)
    {
        var document = new CachedDocument(request.Query!, Parser.Parse(Source.From(request.Query!), ParserOptions.Trusted), []);
        return document.Operation(request.OperationName) is { } operation && Schema.Root(operation.Kind) is not null
            ? _executor.ExecuteAsync(new PreparedRequest(document, operation, []), request, context, CancellationToken.None)
            : ValueTask.FromResult(new GraphQLResult(new GraphQLError("There is no such operation.")));
    }

    private static GraphQLRequest Request(JsonObject request) => new(
        Json.Document(request),
        (string?)request["operationName"],
        request["variables"] is { } variables ? JsonSerializer.SerializeToElement(variables, Json.Deep) : default);

    public object? GetService(Type serviceType) => null;
}
