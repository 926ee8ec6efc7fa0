using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Sends by SMTP with the framework's client, a connection a mail: one that was kept could have been closed by the server
/// meanwhile, and the mail would wait for its next attempt.
/// </summary>
internal sealed class SmtpTransport(SmtpOptions options, PortalOptions portal) : IMailTransport
{
    // Far below the claim's lease of two minutes, and below the half minute in which a host stops.
    private const int TimeoutMilliseconds = 25_000;

    public async Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken)
    {
        using var text = new WatchedText(content.Text);
        using var message = Compose(mail, content, text);
        using var client = new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.Security == SmtpSecurity.StartTls,
            Credentials = options.User is null ? null : new NetworkCredential(options.User, options.Password),
            Timeout = TimeoutMilliseconds,
            // SevenBit encodes every header. A local part beyond ASCII has no such form (RFC 6531); only those addresses need the other.
            DeliveryFormat = Ascii.IsValid(LocalPart(mail.ToAddress)) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International,
        };
        try
        {
            // The blocking call on purpose: the time limit above does not hold for the asynchronous one.
            await Task.Run(() => client.Send(message), CancellationToken.None);
            return Delivery.Sent;
        }
        catch (SmtpException e)
        {
            return new Delivery(OutcomeOf(e, text.WasRead), Describe(e));
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            return new Delivery(text.WasRead ? MailOutcome.Unknown : MailOutcome.NotSent, Describe(e));
        }
    }

    private MailMessage Compose(ClaimedMail mail, MailContent content, WatchedText text)
    {
        var from = options.From.DisplayName.Length > 0 ? options.From : new MailAddress(options.From.Address, HeaderText.OneLine(portal.Organisation), Encoding.UTF8);
        var message = new MailMessage(from, new MailAddress(mail.ToAddress, HeaderText.OneLine(mail.ToName), Encoding.UTF8))
        {
            Subject = HeaderText.OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.OutboxId:N}@{options.From.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office notes in reply
        message.AlternateViews.Add(new AlternateView(text, new ContentType("text/plain; charset=utf-8")) { TransferEncoding = TransferEncoding.QuotedPrintable });
        message.AlternateViews.Add(new AlternateView(new MemoryStream(Encoding.UTF8.GetBytes(content.Html)), new ContentType("text/html; charset=utf-8")) { TransferEncoding = TransferEncoding.QuotedPrintable });
        return message;
    }

    private static MailOutcome OutcomeOf(SmtpException e, bool textWasRead) => (int)e.StatusCode switch
    {
        // The server does not let us in: the mail itself was not judged.
        530 or 534 or 535 or 538 or 454 => MailOutcome.NotSent,
        >= 500 => MailOutcome.Rejected,
        >= 400 => MailOutcome.Deferred,
        _ => textWasRead ? MailOutcome.Unknown : MailOutcome.NotSent,
    };

    private static string Describe(Exception e) => e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;

    private static string LocalPart(string address) => address[..Math.Max(address.LastIndexOf('@'), 0)];

    /// <summary>
    /// The text part, which knows whether it was read. That happens after the server has accepted DATA, and a mail is complete
    /// only behind its last part: while nothing was read, nothing can have left.
    /// </summary>
    private sealed class WatchedText(string text) : MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)
    {
        public bool WasRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            WasRead = true;
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            WasRead = true;
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            WasRead = true;
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }

        public override void CopyTo(Stream destination, int bufferSize)
        {
            WasRead = true;
            base.CopyTo(destination, bufferSize);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            WasRead = true;
            return base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
