using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Sends by SMTP with the framework's client, over several connections that are kept while there is mail. Several, because the
/// client writes a mail in pieces without TCP_NODELAY: each waits 40 ms for the server's delayed acknowledgement, so one
/// connection carries about 20 mails a second, and sixteen carry sixteen times as many.
/// </summary>
internal sealed partial class SmtpTransport(SmtpOptions options, PortalOptions portal, ILogger<SmtpTransport> log) : IMailTransport
{
    // Nothing of it mends by itself, so it does not wait.
    private static readonly Delivery OutOfReach = new(MailOutcome.Rejected, "The mail server cannot reach this address: it has letters beyond ASCII before the @, and the server does not offer SMTPUTF8.");

    private readonly ConcurrentStack<SmtpClient> _kept = [];
    private int _refusal; // the one that the log tells of; none once a mail has left

    public int Connections => options.Connections;

    // A thread of its own, and the blocking call: the client's time limit does not hold for the asynchronous one, and the
    // thread pool is for requests.
    public Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Send(mail, content), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Task RestAsync() => _kept.IsEmpty ? Task.CompletedTask : Task.Run(CloseAll);

    private void CloseAll()
    {
        while (_kept.TryPop(out var client))
        {
            Close(client);
        }
    }

    private Delivery Send(ClaimedMail mail, MailContent content)
    {
        // A connection that was kept may have been closed by the server meanwhile. When it fails before the server said anything
        // about this mail, the mail goes over a new one.
        if (_kept.TryPop(out var kept) && TrySend(kept, mail, content, out var delivery))
        {
            return delivery;
        }

        TrySend(new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.Security == SmtpSecurity.StartTls,
            Credentials = options.User is null ? null : new NetworkCredential(options.User, options.Password),
        }, mail, content, out delivery);
        return delivery;
    }

    // False: the connection broke before anything was said about this mail.
    private bool TrySend(SmtpClient client, ClaimedMail mail, MailContent content, out Delivery delivery)
    {
        var html = new LastPart(content.Html, mail.Lease);
        try
        {
            using var message = Compose(mail, content, html);
            client.Timeout = (int)mail.Lease.AttemptLimit.TotalMilliseconds;
            client.DeliveryFormat = FormatOf(mail);
            client.Send(message);
        }
        catch (Exception e) when (e is SmtpException or IOException or AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            Close(client);
            delivery = IsOutOfReach(e, mail) ? OutOfReach : new Delivery(OutcomeOf(e, html.WasRead), Describe(e));
            Tell(StatusOf(e), delivery.Outcome);
            return html.WasRead || delivery.Outcome != MailOutcome.NotSent;
        }

        _kept.Push(client);
        _refusal = 0;
        delivery = Delivery.Sent;
        return true;
    }

    private MailMessage Compose(ClaimedMail mail, MailContent content, LastPart html)
    {
        var from = options.From.DisplayName.Length > 0 ? options.From : Named(options.From.Address, portal.Organisation, FormatOf(mail));
        var message = new MailMessage(from, Named(mail.ToAddress, mail.ToName, FormatOf(mail)))
        {
            Subject = HeaderText.OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.OutboxId:N}@{new IdnMapping().GetAscii(options.From.Host)}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office notes in reply
        message.AlternateViews.Add(new AlternateView(new MemoryStream(Encoding.UTF8.GetBytes(content.Text)), new ContentType("text/plain; charset=utf-8")) { TransferEncoding = TransferEncoding.QuotedPrintable });
        message.AlternateViews.Add(new AlternateView(html, new ContentType("text/html; charset=utf-8")) { TransferEncoding = TransferEncoding.QuotedPrintable });
        return message;
    }

    // SevenBit encodes every header. A local part beyond ASCII has no such form (RFC 6531); only those addresses need the other.
    private static SmtpDeliveryFormat FormatOf(ClaimedMail mail) => Ascii.IsValid(LocalPart(mail.ToAddress)) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;

    // The framework puts a name that it does not encode between quotes as it is: with quotes of its own it would end there, and what follows could name further recipients.
    private static MailAddress Named(string address, string name, SmtpDeliveryFormat format)
    {
        var line = HeaderText.OneLine(name);
        var quoted = format == SmtpDeliveryFormat.International || Ascii.IsValid(line);
        return new MailAddress(address, quoted ? line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) : line, Encoding.UTF8);
    }

    // The framework's own refusal, which has no status: it names the address, as the framework writes it.
    private static bool IsOutOfReach(Exception e, ClaimedMail mail) =>
        FormatOf(mail) == SmtpDeliveryFormat.International && e is SmtpException { StatusCode: SmtpStatusCode.GeneralFailure } && e.Message.Contains(new MailAddress(mail.ToAddress).Address, StringComparison.Ordinal);

    private static MailOutcome OutcomeOf(Exception e, bool wasRead) => StatusOf(e) switch
    {
        // The server takes nothing from here, or closes: the mail itself was not judged.
        >= 400 when !wasRead && !KnewRecipient(e) => MailOutcome.NotSent,
        421 or 454 or 530 or 534 or 535 or 538 when !wasRead => MailOutcome.NotSent,
        >= 500 => MailOutcome.Rejected,
        >= 400 => MailOutcome.Deferred,
        _ => wasRead ? MailOutcome.Unknown : MailOutcome.NotSent,
    };

    private static int StatusOf(Exception e) => e is SmtpException smtp ? (int)smtp.StatusCode : 0;

    // Until then the server has judged no more than who sends. Which command it refused, the framework tells in the stack alone.
    private static bool KnewRecipient(Exception e) => e is SmtpFailedRecipientException
        || (e.StackTrace is { } stack && (stack.Contains(".RecipientCommand.", StringComparison.Ordinal) || stack.Contains(".DataCommand.", StringComparison.Ordinal)));

    private void Tell(int status, MailOutcome outcome)
    {
        if (outcome == MailOutcome.NotSent && status >= 500 && Interlocked.Exchange(ref _refusal, status) != status)
        {
            Refused(options.Host, status);
        }
    }

    // What a server answers may hold anything; PostgreSQL stores no NUL, and an outcome that cannot be written down is an unknown one.
    private static string Describe(Exception e) => HeaderText.OneLine(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);

    private static string LocalPart(string address) => address[..Math.Max(address.LastIndexOf('@'), 0)];

    private static void Close(SmtpClient client)
    {
        try
        {
            client.Dispose(); // says QUIT
        }
        catch (Exception e) when (e is SmtpException or IOException or InvalidOperationException)
        {
            // The connection is gone either way.
        }
    }

    // An error, because it does not end by itself. The server's words may hold addresses: staff read them at the mails.
    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server {Host} takes no mail from here (SMTP {Status}). Mend Smtp__From, Smtp__User or Smtp__Password, or what the server allows; until then mail waits, and each says as its last error what the server said")]
    private partial void Refused(string host, int status);
}
