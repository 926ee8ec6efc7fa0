using System.Text;

namespace ClientPortal.Platform.Mail;

/// <summary>The last part of a mail on its way to the server: while it was not read, nothing that is written can make the mail complete.</summary>
internal sealed class LastPart(string text) : MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)
{
    public bool WasRead { get; private set; }

    // Whichever way a stream that derives from MemoryStream is read or copied, it comes through here.
    public override int Read(byte[] buffer, int offset, int count)
    {
        WasRead = true;
        return base.Read(buffer, offset, count);
    }
}
