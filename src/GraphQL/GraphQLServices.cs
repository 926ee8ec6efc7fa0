using ClientPortal.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL;

/// <summary>Registers the engine and its types.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the engine. Called once, by the host.</summary>
    public static GraphQLBuilder AddGraphQL(this IServiceCollection services, Action<GraphQLOptions>? configure = null)
    {
        if (configure is not null)
        {
            services.Configure(configure);
        }

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
