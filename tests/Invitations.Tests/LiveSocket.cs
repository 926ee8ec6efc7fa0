using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

/// <summary>One subscription over a real graphql-transport-ws socket.</summary>
internal sealed class LiveSocket : IDisposable
{
    private static readonly TimeSpan Limit = Eventually.Patience;

    private readonly ClientWebSocket socket = new();

    public static async Task<LiveSocket> OpenAsync(TestPortal portal, string session, string query, object? variables = null)
    {
        var live = new LiveSocket();
        live.socket.Options.AddSubProtocol("graphql-transport-ws");
        await live.socket.ConnectAsync(new UriBuilder(new Uri(portal.Url, "graphql")) { Scheme = "ws" }.Uri, CancellationToken.None);
        await live.SendAsync(new { type = "connection_init", payload = new { authorization = $"Bearer {session}" } });
        Assert.Equal("connection_ack", (await live.ReceiveAsync()).GetProperty("type").GetString());
        await live.SendAsync(new { id = "1", type = "subscribe", payload = new { query, variables } });
        return live;
    }

    /// <summary>The next event's data, the one root field's value.</summary>
    public async Task<JsonElement> NextAsync()
    {
        var message = await ReceiveAsync();
        Assert.True(message.GetProperty("type").GetString() == "next", message.ToString());
        Assert.False(message.GetProperty("payload").TryGetProperty("errors", out var errors), errors.ToString());
        return message.GetProperty("payload").GetProperty("data").EnumerateObject().Single().Value;
    }

    public async Task<List<JsonElement>> NextAsync(int count)
    {
        var events = new List<JsonElement>();
        while (events.Count < count)
        {
            events.Add(await NextAsync());
        }

        return events;
    }

    /// <summary>Waits until the stream completes; nothing else may come before that.</summary>
    public async Task EndAsync()
    {
        var message = await ReceiveAsync();
        Assert.True(message.GetProperty("type").GetString() == "complete", message.ToString());
    }

    /// <summary>Reads on until the server closes the socket; with which code.</summary>
    public async Task<int?> ClosedAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[256 * 1024];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != WebSocketMessageType.Close)
        {
        }

        return (int?)socket.CloseStatus;
    }

    /// <summary>The next message that is not a ping.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[256 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            Assert.True(received.MessageType == WebSocketMessageType.Text, $"{socket.CloseStatus} {socket.CloseStatusDescription}");
            var message = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            if (message.GetProperty("type").GetString() != "ping")
            {
                return message;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private Task SendAsync(object message) => socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, true, CancellationToken.None);
}
