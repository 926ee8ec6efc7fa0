using ClientPortal.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

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
        // Who reads too slowly is closed by the stream itself, which can say why; the server's own limit would cut sooner and say nothing.
        var rate = http.Features.Get<IHttpMinResponseDataRateFeature>();
        var serversOwn = HttpProtocol.IsHttp11(http.Request.Protocol) ? rate?.MinDataRate : null; // a later version's cannot be set again
        rate?.MinDataRate = null;
        using var stream = new EventStream(http.Response.BodyWriter, options, http.Abort);
        await stream.RunAsync(result, http.RequestAborted);
        if (serversOwn is not null)
        {
            rate?.MinDataRate = serversOwn; // for what is still on its way
        }
    }
}
