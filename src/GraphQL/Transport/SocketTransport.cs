using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClientPortal.GraphQL.Transport;

/// <summary>WebSockets with the sub-protocol graphql-transport-ws.</summary>
internal sealed class SocketTransport(RequestExecutor executor, GraphQLOptions options, SocketClock clock)
{
    private const string Protocol = "graphql-transport-ws";

    public async Task HandleAsync(HttpContext http)
    {
        if (!options.AllowSocket(http))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var known = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(known ? Protocol : null);
        if (!known)
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)SocketClose.SubprotocolNotAcceptable, "Subprotocol not acceptable", http.RequestAborted);
            return;
        }

        var frames = http.Features.GetRequiredFeature<SocketUpgrade>().Frames ?? throw new InvalidOperationException("Another middleware accepts WebSockets before this one.");
        using var connection = new SocketConnection(new SocketMessages(socket, frames, options, http.Abort), http, executor, options);
        clock.Add(connection);
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            clock.Remove(connection);
        }
    }
}

/// <summary>The protocol's close codes.</summary>
internal static class SocketClose
{
    public const int Normal = 1000;
    public const int TooBig = 1009;
    public const int InternalError = 1011;
    public const int TryAgainLater = 1013;
    public const int BadMessage = 4400;
    public const int Unauthorized = 4401;
    public const int Forbidden = 4403;
    public const int SubprotocolNotAcceptable = 4406;
    public const int InitTimeout = 4408;
    public const int SubscriberExists = 4409;
    public const int TooManyInits = 4429;
}

/// <summary>Why a socket is closed.</summary>
internal sealed class SocketClosedException(int code, string reason) : Exception(reason)
{
    public int Code { get; } = code;
}
