using ClientPortal.GraphQL.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClientPortal.GraphQL;

/// <summary>Serves the schema over HTTP, server-sent events and WebSockets at one path.</summary>
public static class GraphQLEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">The path, e.g. <c>/graphql</c>.</param>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path = "/graphql")
    {
        var services = endpoints.ServiceProvider;
        var transport = new HttpTransport(services.GetRequiredService<RequestExecutor>(), services.GetRequiredService<IOptions<GraphQLOptions>>().Value);
        return endpoints.Map(path, (RequestDelegate)transport.HandleAsync);
    }
}
