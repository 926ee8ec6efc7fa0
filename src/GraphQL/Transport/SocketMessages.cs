using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Transport;

/// <summary>A message to the client; written when its turn comes.</summary>
internal sealed record SocketMessage(string Type, string? Id = null, GraphQLResult? Payload = null);

/// <summary>Messages of a socket, both ways. Outgoing ones wait in a bounded queue: a client that does not read is closed instead of filling the memory.</summary>
internal sealed class SocketMessages(WebSocket socket, GraphQLOptions options)
{
    /// <summary>Never written: when its turn comes, after whatever was queued before it, the socket closes with 4403.</summary>
    public static readonly SocketMessage Forbidden = new("forbidden");

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 64 };

    private readonly Channel<SocketMessage> _queue = Channel.CreateBounded<SocketMessage>(new BoundedChannelOptions(options.MaxQueuedMessages) { SingleReader = true });

    /// <summary>The next message; null when the client has closed.</summary>
    public async ValueTask<JsonDocument?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        // Waited for without a buffer: most sockets subscribe and then only listen.
        var received = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        while (!received.EndOfMessage && received.MessageType != WebSocketMessageType.Close)
        {
            received = await socket.ReceiveAsync(buffer.GetMemory(4096), cancellationToken);
            buffer.Advance(received.Count);
            if (buffer.WrittenCount > maxBytes)
            {
                throw new SocketClosedException(SocketClose.TooBig, "Message too big");
            }
        }

        if (received.MessageType == WebSocketMessageType.Close)
        {
            return null;
        }

        try
        {
            return received.MessageType == WebSocketMessageType.Text
                ? JsonDocument.Parse(buffer.WrittenMemory, JsonOptions)
                : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
        catch (JsonException)
        {
            throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
    }

    public async ValueTask SendAsync(SocketMessage message, CancellationToken cancellationToken)
    {
        if (_queue.Writer.TryWrite(message))
        {
            return;
        }

        using var limit = new CancellationTokenSource(options.SlowSocketTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SocketClosedException(SocketClose.TooSlow, "Too slow: messages were piling up");
        }
    }

    public async Task WriteAllAsync(CancellationToken closing, CancellationToken aborting)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await foreach (var message in _queue.Reader.ReadAllAsync(closing))
        {
            if (message == Forbidden)
            {
                throw new SocketClosedException(SocketClose.Forbidden, "Forbidden");
            }

            buffer.ResetWrittenCount();
            Write(buffer, message);
            await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, aborting);
        }
    }

    public async Task CloseAsync(int code, string reason, CancellationToken aborting)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, aborting);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }

    private static void Write(ArrayBufferWriter<byte> buffer, SocketMessage message)
    {
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (message.Id is { } id)
            {
                json.WriteString("id"u8, id);
            }

            json.WriteString("type"u8, message.Type);
            if (message is { Type: "error", Payload: { } refused })
            {
                json.WritePropertyName("payload"u8);
                ErrorWriter.Write(json, refused.Errors);
            }
            else if (message.Payload is { } payload)
            {
                var response = new ArrayBufferWriter<byte>(1024);
                payload.WriteTo(response);
                json.WritePropertyName("payload"u8);
                json.WriteRawValue(response.WrittenSpan, skipInputValidation: true);
            }

            json.WriteEndObject();
        }
    }
}
