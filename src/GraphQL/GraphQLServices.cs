using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Transport;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Types.Building;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClientPortal.GraphQL;

/// <summary>Registers the engine and its types.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the engine: the <see cref="RequestExecutor"/> and its schema. Called once, by the host.</summary>
    public static GraphQLBuilder AddGraphQL(this IServiceCollection services, Action<GraphQLOptions>? configure = null)
    {
        services.AddOptions<GraphQLOptions>().Configure(configure ?? (static _ => { }));
        services.AddSingleton(static provider => new RequestExecutor(
            SchemaBuilder.Build(
                provider.GetRequiredService<IOptions<GraphQLOptions>>().Value,
                provider.GetServices<RegisteredTypes>().SelectMany(t => t.Types),
                provider.GetServices<ScalarType>(),
                [.. provider.GetServices<IParameterBinding>()],
                provider.GetRequiredService<IServiceProviderIsService>()),
            provider.GetRequiredService<IOptions<GraphQLOptions>>(),
            provider.GetService<ILogger<ErrorReporter>>() ?? NullLogger<ErrorReporter>.Instance));
        services.AddSingleton(static provider => new SocketClock(provider.GetRequiredService<IOptions<GraphQLOptions>>().Value));
        return new GraphQLBuilder(services);
    }

    /// <summary>Adds annotated classes to the schema. Called by each module; nothing is found by scanning.</summary>
    public static IServiceCollection AddGraphQLTypes(this IServiceCollection services, params Type[] types) =>
        services.AddSingleton(new RegisteredTypes(types));
}

/// <summary>Further settings of the engine.</summary>
/// <param name="services">The host's services.</param>
public sealed class GraphQLBuilder(IServiceCollection services)
{
    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Adds a custom scalar.</summary>
    public GraphQLBuilder AddScalar(ScalarType scalar)
    {
        Services.AddSingleton(scalar);
        return this;
    }

    /// <summary>Adds annotated classes to the schema.</summary>
    public GraphQLBuilder AddTypes(params Type[] types)
    {
        Services.AddGraphQLTypes(types);
        return this;
    }
}

internal sealed record RegisteredTypes(IReadOnlyList<Type> Types);
