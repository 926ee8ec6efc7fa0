using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// The throttle: everything that leaves goes through here. The database decides which mails may leave now and reserves their
/// places in the ledger (claim), each is rendered and sent, and the ledger learns what became of it (finish). At most five
/// mails a recipient in any 24 hours and one a minute follow from constraints of the ledger, whoever sends and however many;
/// see <c>0002_mail.sql</c>.
/// </summary>
internal sealed partial class ThrottlingFilter(MailLedger ledger, IEnumerable<IMailRenderer> renderers, IMailTransport transport, TimeProvider time, ILogger<ThrottlingFilter> log)
{
    private static readonly Counter<long> Attempts = new Meter("ClientPortal.Mail").CreateCounter<long>("portal.mail.attempts");

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IMailRenderer> _renderers = renderers.ToDictionary(r => r.Kind, StringComparer.Ordinal);

    /// <summary>Mails that may leave now, for <see cref="SendAsync"/>. Null: all that were looked at have to wait, others may not.</summary>
    public Task<IReadOnlyList<ClaimedMail>?> ClaimAsync(string worker, int limit) => ledger.ClaimAsync(worker, limit);

    /// <summary>Brings a claimed mail to its end, which the transport's time limit bounds. Cancelling brings it there sooner, see <see cref="IMailTransport.SendAsync"/>.</summary>
    public async Task SendAsync(ClaimedMail mail, CancellationToken cancellationToken) => await FinishAsync(mail, await RenderAndSendAsync(mail, cancellationToken));

    private async Task<Delivery> RenderAndSendAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        MailContent? content;
        try
        {
            content = await _renderers[mail.Kind].RenderAsync(mail, CancellationToken.None);
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
        {
            return new Delivery(MailOutcome.NotSent, "The database was away while the mail was written.");
        }
#pragma warning disable CA1031 // whatever is wrong with one mail, the others still leave
        catch (Exception e)
#pragma warning restore CA1031
        {
            CannotRender(e, mail.OutboxId, mail.Kind);
            return new Delivery(MailOutcome.Rejected, "The mail could not be written.");
        }

        if (content is null)
        {
            return new Delivery(MailOutcome.Suppressed);
        }

        try
        {
            return await transport.SendAsync(mail, content, cancellationToken);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new Delivery(MailOutcome.Rejected, "The address or a header is not acceptable in a mail."); // found while the mail was put together
        }
    }

    // A database that is away for a moment must not turn a mail that was sent into one of unknown fate: that would be sent again.
    private async Task FinishAsync(ClaimedMail mail, Delivery delivery)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (await ledger.FinishAsync(mail.AttemptId, delivery) is { } inTime)
                {
                    Attempts.Add(1, new KeyValuePair<string, object?>("outcome", delivery.Outcome.ToString()));
                    Finished(mail.OutboxId, mail.AttemptId, delivery.Outcome, inTime);
                    return;
                }
            }
            catch (NpgsqlException e)
            {
                CannotFinish(e, mail.OutboxId, mail.AttemptId);
            }

            if (mail.Lease.Left < pause)
            {
                return; // the sweep calls it unknown, and it is tried once more
            }

            await Task.Delay(pause, time, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {OutboxId}, attempt {AttemptId}: {Outcome} (within its lease: {InTime})")]
    private partial void Finished(Guid outboxId, long attemptId, MailOutcome outcome, bool inTime);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of mail {OutboxId}, attempt {AttemptId}, could not be written down")]
    private partial void CannotFinish(Exception exception, Guid outboxId, long attemptId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {OutboxId} of kind {Kind} could not be rendered")]
    private partial void CannotRender(Exception exception, Guid outboxId, string kind);
}
