using System.Text;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// The last part of a mail on its way to the server, which accepts a mail only behind it: while it was not read, nothing can
/// have left. It lets itself be read only within the lease, and only while an attempt's longest time still fits into it.
/// </summary>
internal sealed class LastPart(string text, MailLease lease) : MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)
{
    public bool WasRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Begin();
        return base.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        Begin();
        return base.Read(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Begin();
        return base.ReadAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        return base.ReadAsync(buffer, cancellationToken);
    }

    public override void CopyTo(Stream destination, int bufferSize)
    {
        Begin();
        base.CopyTo(destination, bufferSize);
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        Begin();
        return base.CopyToAsync(destination, bufferSize, cancellationToken);
    }

    private void Begin()
    {
        if (lease.Left < lease.AttemptLimit)
        {
            throw new IOException("The sender was held up for so long that the mail is no longer its own.");
        }

        WasRead = true;
    }
}
