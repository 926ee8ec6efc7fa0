using System.Collections.Concurrent;
using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace ClientPortal.Platform.Mail;

/// <summary>Sends by SMTP, over several connections that are kept while there is mail, and says what became of each mail.</summary>
internal sealed partial class SmtpTransport(SmtpOptions options, PortalOptions portal, TimeProvider time, ILogger<SmtpTransport> log) : IMailTransport
{
    // Nothing of it mends by itself, so it does not wait.
    private static readonly Delivery OutOfReach = new(MailOutcome.Rejected, "The mail server cannot reach this address: it has letters beyond ASCII before the @, and the server does not offer SMTPUTF8.");

    private readonly MailboxAddress _from = OutgoingMail.Mailbox(string.IsNullOrEmpty(options.From.Name) ? portal.Organisation : options.From.Name, options.From.Address);
    private readonly ConcurrentStack<SmtpConnection> _kept = [];
    private int _refusal; // the one that the log tells of; none once a mail has left

    public int Connections => options.Connections;

    public async Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(mail.Lease.AttemptLimit, time);
        using var outgoing = new OutgoingMail(mail, content, _from, time.GetUtcNow()); // before a connection is taken: not every address can be written
        // A connection that was kept may have been closed by the server meanwhile. When it fails before the server said anything
        // about this mail, the mail goes over a new one.
        if (!outgoing.NeedsUtf8 && _kept.TryPop(out var kept))
        {
            var delivery = await TrySendAsync(kept, outgoing, limit, cancellationToken);
            if (delivery.Outcome != MailOutcome.NotSent)
            {
                return delivery;
            }

            using var again = new OutgoingMail(mail, content, _from, time.GetUtcNow()); // some of the first may have been read
            return await TrySendAsync(new SmtpConnection(options, utf8: false), again, limit, cancellationToken);
        }

        return await TrySendAsync(new SmtpConnection(options, outgoing.NeedsUtf8), outgoing, limit, cancellationToken);
    }

    public Task RestAsync()
    {
        var closing = new List<Task>();
        while (_kept.TryPop(out var connection))
        {
            closing.Add(connection.DisposeAsync().AsTask());
        }

        return Task.WhenAll(closing);
    }

    private async Task<Delivery> TrySendAsync(SmtpConnection connection, OutgoingMail outgoing, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        // What may have left is waited for, up to the limit: whoever stopped then would not know whether to send it again.
        await using var stop = cancellationToken.Register(() =>
        {
            if (!outgoing.MayHaveLeft)
            {
                limit.Cancel();
            }
        });
        var isOpen = false;
        try
        {
            await connection.OpenAsync(limit.Token);
            isOpen = true;
            if (outgoing.NeedsUtf8 && !connection.TakesUtf8)
            {
                await connection.DisposeAsync();
                return OutOfReach;
            }

            await connection.SendAsync(outgoing, limit.Token);
        }
#pragma warning disable CA1031 // whatever a server makes the client stumble over, what became of the mail is known
        catch (Exception e)
#pragma warning restore CA1031
        {
            await connection.DisposeAsync();
            var delivery = new Delivery(OutcomeOf(e, isOpen, outgoing.MayHaveLeft), Describe(e, cancellationToken.IsCancellationRequested && !outgoing.MayHaveLeft));
            Tell(StatusOf(e), delivery.Outcome);
            return delivery;
        }

        _refusal = 0;
        if (outgoing.NeedsUtf8)
        {
            await connection.DisposeAsync(); // rare, and not for other mail
        }
        else
        {
            _kept.Push(connection);
        }

        return Delivery.Sent;
    }

    private static MailOutcome OutcomeOf(Exception e, bool isOpen, bool mayHaveLeft) => StatusOf(e) switch
    {
        // The server takes nothing from here, or closes: the mail itself was not judged. Until it knows the recipient, it has judged no more than who sends.
        >= 400 when !mayHaveLeft && !(isOpen && e is SmtpCommandException { ErrorCode: not SmtpErrorCode.SenderNotAccepted }) => MailOutcome.NotSent,
        421 or 454 or 530 or 534 or 535 or 538 when !mayHaveLeft => MailOutcome.NotSent,
        >= 500 => MailOutcome.Rejected,
        >= 400 => MailOutcome.Deferred,
        _ => mayHaveLeft ? MailOutcome.Unknown : MailOutcome.NotSent,
    };

    // What the server answered; 0 when it is not the answer that failed.
    private static int StatusOf(Exception e) => e switch
    {
        SmtpCommandException refusal => (int)refusal.StatusCode,
        ServiceNotAuthenticatedException => 530,
        AuthenticationException => e.InnerException is SmtpCommandException refusal ? (int)refusal.StatusCode : 535,
        _ => 0,
    };

    private void Tell(int status, MailOutcome outcome)
    {
        if (outcome == MailOutcome.NotSent && status >= 500 && Interlocked.Exchange(ref _refusal, status) != status)
        {
            Refused(options.Host, status);
        }
    }

    // What a server answers may hold anything; PostgreSQL stores no NUL, and an outcome that cannot be written down is an unknown one.
    private static string Describe(Exception e, bool stopped) => HeaderText.OneLine(e switch
    {
        SmtpCommandException refusal => string.Create(CultureInfo.InvariantCulture, $"{(int)refusal.StatusCode} {e.Message}"),
        OperationCanceledException when stopped => "The portal was stopped before the mail left.",
        OperationCanceledException => "The mail server did not answer in time.",
        _ => e.Message,
    });

    // An error, because it does not end by itself. The server's words may hold addresses: staff read them at the mails.
    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server {Host} takes no mail from here (SMTP {Status}). Mend Smtp__From, Smtp__User or Smtp__Password, or what the server allows; until then mail waits, and each says as its last error what the server said")]
    private partial void Refused(string host, int status);
}
