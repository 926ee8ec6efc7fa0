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
            field.Resolver = new DynamicResolver(context => context.GlobalState<Resolvers>().Resolve(context));
        }

        var options = new GraphQLOptions { Introspection = true, Parser = ParserOptions.Trusted, Validation = Unlimited };
        _executor = new RequestExecutor(schema, Options.Create(options), NullLogger<ErrorReporter>.Instance);
    }

    /// <summary>The cases ask for the rules, not for this project's limits.</summary>
    public static ValidationOptions Unlimited { get; } = new() { Limits = null };

    public Schema Schema => _executor.Schema;

    public async Task<JsonObject> ExecuteAsync(JsonObject request)
    {
        var resolvers = new Resolvers(request["resolvers"]);
        var answer = Json.Response(await _executor.ExecuteAsync(Request(request), Context(resolvers), CancellationToken.None));
        if (request["calls"]?.GetValue<bool>() == true)
        {
            answer["calls"] = resolvers.Calls;
        }

        return answer;
    }

    private GraphQLRequestContext Context(Resolvers resolvers)
    {
        var context = new GraphQLRequestContext(this);
        context.Set(resolvers);
        return context;
    }

    private static GraphQLRequest Request(JsonObject request) => new(
        Json.Document(request),
        (string?)request["operationName"],
        request["variables"] is { } variables ? JsonSerializer.SerializeToElement(variables) : default);

    public object? GetService(Type serviceType) => null;
}
