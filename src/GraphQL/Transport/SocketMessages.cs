using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Transport;

/// <summary>A message to the client.</summary>
internal sealed record SocketMessage(string Type, string? Id = null, GraphQLResult? Payload = null);

/// <summary>
/// Messages of a socket, both ways. What the client has not read waits in the server's buffer, which is bounded, and then whoever
/// sends waits: nothing piles up here. A client that does not read for long is closed.
/// </summary>
internal sealed class SocketMessages(WebSocket socket, GraphQLOptions options) : IDisposable
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 64 };

    private readonly SemaphoreSlim _turn = new(1);
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
                ? JsonDocument.Parse(buffer.WrittenMemory, JsonOptions)
                : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
        catch (JsonException)
        {
            throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
    }

    /// <summary>Sends a message after those before it. One that is cancelled once it has begun goes out all the same: half a message would end the socket.</summary>
    public async ValueTask SendAsync(SocketMessage message, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(options.SlowSocketTimeout, cancellationToken))
        {
            throw TooSlow();
        }

        var sending = SendInTurnAsync(message);
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
        await using var abort = aborting.UnsafeRegister(static s => ((WebSocket)s!).Abort(), socket);
        try
        {
            await _sending;
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, aborting);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task SendInTurnAsync(SocketMessage message)
    {
        var buffer = JsonOutput.Rent();
        byte[]? bytes = null;
        try
        {
            Write(buffer, message);
            bytes = ArrayPool<byte>.Shared.Rent(buffer.Written.Length);
            buffer.Written.CopyTo(bytes);
            var length = buffer.Written.Length;
            buffer.Return();

            // Not cancelled by a token, which would cost a registration for every message: closing aborts the socket instead.
            await socket.SendAsync(bytes.AsMemory(0, length), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
        }
        finally
        {
            if (bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }

            _turn.Release();
        }
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

    private static SocketClosedException TooSlow() => new(SocketClose.TryAgainLater, "Too slow: messages were piling up");
}
