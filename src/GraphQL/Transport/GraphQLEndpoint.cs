using ClientPortal.GraphQL.Transport;
using Microsoft.AspNetCore.Builder;
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
        var options = services.GetRequiredService<IOptions<GraphQLOptions>>().Value;
        var executor = services.GetRequiredService<RequestExecutor>();
        var http = new HttpTransport(executor, options, services.GetService<IGraphQLRequestInitializer>());
        var sockets = new SocketTransport(executor, options, services.GetRequiredService<SocketClock>());
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.Use((context, next) =>
        {
            SocketUpgrade.Watch(context);
            return next(context);
        });
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        pipeline.Run(context => context.WebSockets.IsWebSocketRequest ? sockets.HandleAsync(context) : http.HandleAsync(context));
        return endpoints.Map(path, pipeline.Build());
    }
}
