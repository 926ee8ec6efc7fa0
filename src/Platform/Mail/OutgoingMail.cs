using System.Globalization;
using System.Text;
using MimeKit;

namespace ClientPortal.Platform.Mail;

/// <summary>One attempt to bring a mail to the server: what is written, and whether it may have left.</summary>
internal sealed class OutgoingMail : IDisposable
{
    private static readonly FormatOptions Encoded = new();
    private static readonly FormatOptions International = new() { International = true, MaxLineLength = 300 }; // a longer word is broken, and 998 bytes are the limit

    private readonly LastPart _html;
    private readonly MailLease _lease;
    private volatile bool _mayHaveLeft; // whoever stops the host asks from another thread

    /// <exception cref="FormatException">An address is not acceptable in a mail.</exception>
    public OutgoingMail(ClaimedMail mail, MailContent content, MailboxAddress from, DateTimeOffset now)
    {
        _html = new LastPart(content.Html);
        _lease = mail.Lease;
        NeedsUtf8 = !Ascii.IsValid(mail.ToAddress.AsSpan(0, Math.Max(mail.ToAddress.LastIndexOf('@'), 0)));
        Message = new MimeMessage
        {
            MessageId = $"{mail.OutboxId:N}@{new IdnMapping().GetAscii(from.Domain)}",
            Date = now,
            From = { from },
            To = { Mailbox(mail.ToName, mail.ToAddress) },
            Subject = Line(mail.Subject),
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } }, // RFC 3834: no out-of-office notes in reply
            Body = new MultipartAlternative { Part("plain", new MemoryStream(Encoding.UTF8.GetBytes(content.Text))), Part("html", _html) },
        };
    }

    public MimeMessage Message { get; }

    public FormatOptions Format => NeedsUtf8 ? International : Encoded;

    /// <summary>A local part beyond ASCII has no other form than UTF-8 (RFC 6531). All of any other mail is encoded, so that every server takes it.</summary>
    public bool NeedsUtf8 { get; }

    /// <summary>Whether the server may have all of it: from the first write to it that may hold the mail's end.</summary>
    public bool MayHaveLeft => _mayHaveLeft;

    /// <summary>Before each write to the server. With the mail's end in it only within the lease, and only while an attempt's longest time still fits into it.</summary>
    /// <exception cref="IOException">It is too late.</exception>
    public void BeforeWriting()
    {
        if (!_html.WasRead)
        {
            return;
        }

        if (_lease.Left < _lease.AttemptLimit)
        {
            throw new IOException("The sender was held up for so long that the mail is no longer its own.");
        }

        _mayHaveLeft = true;
    }

    /// <summary>A mailbox with a name that may hold anything.</summary>
    /// <exception cref="FormatException">The address is not acceptable in a mail.</exception>
    public static MailboxAddress Mailbox(string name, string address) => new(Line(name), address);

    public void Dispose() => Message.Dispose();

    // What reads as an encoded word, MimeKit takes for one: in mail that needs SMTPUTF8 it writes it decoded, line breaks and all.
    private static string Line(string text) => HeaderText.OneLine(text).Replace("=?", "= ?", StringComparison.Ordinal);

    // With its encoding set, MailKit does not read it to choose one.
    private static MimePart Part(string subtype, Stream content) => new("text", subtype)
    {
        ContentType = { Charset = "utf-8" },
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        Content = new MimeContent(content),
    };
}
