using System.Net.WebSockets;

namespace ClientPortal.GraphQL.Transport;

/// <summary>
/// What a WebSocket writes its frames to, one by one: a write is a whole frame of its own (an answer to a ping, a goodbye), or the frames of
/// several messages that go out together. Nothing else is between these and the connection, as there is for messages
/// that the WebSocket is given: a lock, a copy and a flush for each of them.
/// </summary>
internal sealed class FrameStream(Stream connection) : Stream
{
#pragma warning disable CA2213 // It holds nothing (nobody asks for its handle), and a write may end after the socket has been torn down.
    private readonly SemaphoreSlim _turn = new(1);
#pragma warning restore CA2213

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whoever has the turn may <see cref="WriteInTurnAsync"/>, which gives it back; false when it did not come in time.</summary>
    public Task<bool> TakeTurnAsync(TimeSpan limit, CancellationToken cancellationToken) => _turn.WaitAsync(limit, cancellationToken);

    public void EndTurn() => _turn.Release();

    /// <summary>Writes frames and ends the turn. Not cancelled by a token, which would cost a registration for every message: closing ends the connection instead.</summary>
    public async Task WriteInTurnAsync(ReadOnlyMemory<byte> frames)
    {
        try
        {
            await connection.WriteAsync(frames, CancellationToken.None);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, gone);
        }
        finally
        {
            EndTurn();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        await WriteInTurnAsync(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => connection.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }

        base.Dispose(disposing);
    }
}
