using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClientPortal.Benchmarks;

/// <summary>One socket that follows invitationStatusChanged: as little of WebSockets as that takes.</summary>
internal sealed class Follower : IDisposable
{
    private const string Subscribe = """{"id":"1","type":"subscribe","payload":{"query":"subscription { invitationStatusChanged { id at previous status detail } }"}}""";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
    private readonly string _secret;
    private readonly Followers _all;
    private byte[] _rest = [];
    private bool _isUpgraded;
    private bool _isSettled;
    private bool _isGone;

    public Follower(IPEndPoint host, string secret, Followers all)
    {
        (_secret, _all) = (secret, all);
        try
        {
            _socket.Connect(host);
        }
        catch (SocketException connecting) when (connecting.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It can be written to when it is connected.
        }

        Handle = (int)_socket.Handle;
    }

    public int Handle { get; }

    public bool IsConnected { get; private set; }

    public void Greet()
    {
        IsConnected = true;
        var request = $"GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
        if (_socket.Send(Encoding.ASCII.GetBytes(request), SocketFlags.None, out var error) == 0)
        {
            Leave(error.ToString());
        }
    }

    /// <summary>Reads what has come, once: whatever is left makes the socket ready again.</summary>
    public void Receive(byte[] buffer)
    {
        _rest.CopyTo(buffer, 0);
        var count = _socket.Receive(buffer.AsSpan(_rest.Length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (error != SocketError.Success || count == 0)
        {
            Leave(error == SocketError.Success ? "hung up" : error.ToString());
            return;
        }

        var at = DateTime.UtcNow;
        var come = buffer.AsSpan(0, _rest.Length + count);
        if (!_isUpgraded && !Upgrade(ref come))
        {
            _rest = come.ToArray();
            return;
        }

        while (!_isGone && Frame(ref come, out var isClose, out var message))
        {
            if (isClose)
            {
                Leave($"{BinaryPrimitives.ReadUInt16BigEndian(message)} {Encoding.UTF8.GetString(message[2..])}");
                return;
            }

            Heard(message, at);
        }

        _rest = come.Length == 0 ? [] : come.ToArray();
    }

    public void Dispose() => _socket.Dispose();

    private bool Upgrade(ref Span<byte> come)
    {
        var end = come.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var status = Encoding.ASCII.GetString(come[9..come.IndexOf((byte)'\r')]);
        come = come[(end + 4)..];
        _isUpgraded = true;
        if (!status.StartsWith("101", StringComparison.Ordinal))
        {
            Leave(status);
            return false;
        }

        Send($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{_secret}}}"}}""");
        return true;
    }

    private void Heard(ReadOnlySpan<byte> message, DateTime at)
    {
        if (message.StartsWith("""{"id":"1","type":"next","payload":{"data":"""u8))
        {
            _all.Received(message, at);
        }
        else if (message.SequenceEqual("""{"type":"connection_ack"}"""u8))
        {
            Send(Subscribe);
            Settle();
        }
        else if (message.SequenceEqual("""{"type":"ping"}"""u8))
        {
            Send("""{"type":"pong"}""");
        }
        else
        {
            Leave(Encoding.UTF8.GetString(message));
        }
    }

    private void Leave(string reason)
    {
        _isGone = true;
        _all.Gone(this, reason);
        Settle();
        Dispose();
    }

    private void Settle()
    {
        if (!_isSettled)
        {
            _isSettled = true;
            _all.Settled();
        }
    }

    /// <summary>Sends a message, masked with zeros.</summary>
    private void Send(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        byte[] head = text.Length < 126 ? [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0] : [0x81, 0xfe, (byte)(text.Length >> 8), (byte)text.Length, 0, 0, 0, 0];
        if (_socket.Send([.. head, .. text], SocketFlags.None, out var error) == 0)
        {
            Leave(error.ToString());
        }
    }

    private static bool Frame(ref Span<byte> come, out bool isClose, out ReadOnlySpan<byte> message)
    {
        isClose = false;
        message = [];
        if (come.Length < 4)
        {
            return false;
        }

        var (start, length) = come[1] < 126 ? (2, come[1]) : (4, BinaryPrimitives.ReadUInt16BigEndian(come[2..]));
        if (come.Length < start + length)
        {
            return false;
        }

        isClose = come[0] == 0x88;
        message = come[start..(start + length)];
        come = come[(start + length)..];
        return true;
    }
}
