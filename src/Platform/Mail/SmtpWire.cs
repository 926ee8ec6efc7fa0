using System.Net.Sockets;

namespace ClientPortal.Platform.Mail;

/// <summary>The way to the mail server, below TLS. Nothing of a mail is written to it but with the leave of <see cref="OutgoingMail.BeforeWriting"/>.</summary>
internal sealed class SmtpWire : NetworkStream
{
    private SmtpWire(Socket socket)
        : base(socket, ownsSocket: true)
    {
    }

    public OutgoingMail? Mail { get; set; }

    /// <exception cref="SocketException">There is no way.</exception>
    public static async Task<SmtpWire> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        // A connection that is given up takes along what this machine has not yet sent of a mail: it must not arrive when the lease is over.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new SmtpWire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The mail was taken, or none is on its way: from now on the connection ends like any other.</summary>
    public void Settle()
    {
        Mail = null;
        Socket.LingerState = new LingerOption(false, 0);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Mail?.BeforeWriting();
        return base.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Mail?.BeforeWriting();
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Mail?.BeforeWriting();
        base.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Mail?.BeforeWriting();
        base.Write(buffer, offset, count);
    }
}
