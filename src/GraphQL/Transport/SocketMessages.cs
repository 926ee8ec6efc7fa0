using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Unicode;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Transport;

/// <summary>A message to the client.</summary>
internal sealed record SocketMessage(string Type, string? Id = null, GraphQLResult? Payload = null);

/// <summary>
/// Messages of a socket, both ways. What the client has not read waits in the server's buffer, which is bounded, and then whoever
/// sends waits: nothing piles up here. A client that does not read for long is closed.
/// </summary>
internal sealed class SocketMessages(WebSocket socket, FrameStream stream, GraphQLOptions options, Action cutOff)
{
    // A frame that ends its message, of text (RFC 6455, section 5.2).
    private const byte WholeText = 0x81;
    private const int LongestHead = 10;

    private Task _sending = Task.CompletedTask;

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
                ? HttpRequestReader.Json(buffer.WrittenMemory)
                : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
        catch (JsonException)
        {
            throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
    }

    /// <summary>Adds a message to those that go out together: a frame of its own.</summary>
    public static void Append(JsonOutput frames, SocketMessage message)
    {
        var start = frames.Written.Length;
        Write(frames, message);
        var length = frames.Written.Length - start;
        Span<byte> head = stackalloc byte[LongestHead];
        head[0] = WholeText;
        head[1] = length < 126 ? (byte)length : length <= ushort.MaxValue ? (byte)126 : (byte)127;
        var size = 2;
        if (head[1] == 126)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
            size = 4;
        }
        else if (head[1] == 127)
        {
            BinaryPrimitives.WriteUInt64BigEndian(head[2..], (ulong)length);
            size = LongestHead;
        }

        frames.Insert(start, head[..size]);
    }

    /// <summary>Sends one message.</summary>
    public ValueTask SendAsync(SocketMessage message, CancellationToken cancellationToken)
    {
        var frames = JsonOutput.Rent();
        Append(frames, message);
        return SendAsync(frames, cancellationToken);
    }

    /// <summary>Sends frames after those before them, and returns what holds them. What is cancelled once it has begun goes out all the same: half a message would end the socket.</summary>
    public async ValueTask SendAsync(JsonOutput frames, CancellationToken cancellationToken)
    {
        if (!await stream.TakeTurnAsync(options.SlowSocketTimeout, cancellationToken))
        {
            throw TooSlow();
        }

        var sending = SendInTurnAsync(frames);
        if (sending.IsCompletedSuccessfully)
        {
            return; // nearly always: the server's buffer took it
        }

        _sending = sending;
        try
        {
            await sending.WaitAsync(options.SlowSocketTimeout, options.TimeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw TooSlow();
        }
    }

    /// <summary>Says goodbye after whatever is being sent, unless the client has gone or does not read.</summary>
    public async Task CloseAsync(int code, string reason, CancellationToken aborting)
    {
        await using var abort = aborting.UnsafeRegister(static cutOff => ((Action)cutOff!)(), cutOff);
        try
        {
            await _sending;
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, Fitting(reason), aborting);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    private async Task SendInTurnAsync(JsonOutput frames)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            stream.EndTurn();
            throw new WebSocketException(WebSocketError.InvalidState);
        }

        await stream.WriteInTurnAsync(frames.WrittenMemory);
        frames.Return();
    }

    private static void Write(JsonOutput json, SocketMessage message)
    {
        json.Raw((byte)'{');
        if (message.Id is { } id)
        {
            json.Raw("\"id\":"u8);
            json.String(id);
            json.Raw((byte)',');
        }

        json.Raw("\"type\":"u8);
        json.String(message.Type);
        if (message.Payload is { } payload)
        {
            json.Raw(",\"payload\":"u8);
            if (message.Type == "error")
            {
                json.Value(payload.Errors, ErrorWriter.Write);
            }
            else
            {
                payload.Write(json);
            }
        }

        json.Raw((byte)'}');
    }

    /// <summary>As much of a reason as a close frame holds (RFC 6455, section 5.5.1); it may name an id of the client's, in any script.</summary>
    private static string Fitting(string reason)
    {
        Span<byte> frame = stackalloc byte[123];
        Utf8.FromUtf16(reason, frame, out var fitting, out _);
        return reason[..fitting];
    }

    private static SocketClosedException TooSlow() => new(SocketClose.TryAgainLater, "Too slow: messages were piling up");
}
