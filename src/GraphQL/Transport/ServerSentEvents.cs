using ClientPortal.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.GraphQL.Transport;

/// <summary>The distinct-connections mode of the protocol graphql-sse: one request, a stream of <c>next</c> events, a final <c>complete</c>.</summary>
internal static class ServerSentEvents
{
    public static async Task WriteAsync(HttpContext http, GraphQLResult result, GraphQLOptions options)
    {
        http.Response.ContentType = MediaTypes.ContentType(MediaType.EventStream);
        http.Response.Headers.CacheControl = "no-store";
        // Proxies that buffer would hold events back.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var stream = new EventStream(http.Response.BodyWriter, options);
        await stream.RunAsync(result, http.RequestAborted);
    }
}
