using System.Diagnostics.Metrics;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// The throttle: everything that leaves goes through here. The database decides which mail may leave now and reserves its
/// place in the ledger (claim), the mail is rendered and sent, and the ledger learns what became of it (finish). At most
/// five mails a recipient in any 24 hours and one a minute follow from constraints of the ledger, whoever sends and
/// however many; see <c>0002_mail.sql</c>.
/// </summary>
internal sealed partial class ThrottlingFilter(DataSources sources, IEnumerable<IMailRenderer> renderers, IMailTransport transport, TimeProvider time, ILogger<ThrottlingFilter> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2); // as mail.claim grants it
    private static readonly Counter<long> Attempts = new Meter("ClientPortal.Mail").CreateCounter<long>("portal.mail.attempts");

    private readonly Dictionary<string, IMailRenderer> _renderers = renderers.ToDictionary(r => r.Kind, StringComparer.Ordinal);

    /// <summary>Sends the next mail that may leave. False: none may now. Not to be cancelled: a mail that was claimed is brought to its end, which the transport's time limit bounds.</summary>
    public async Task<bool> SendNextAsync(string worker)
    {
        var claimedAt = time.GetTimestamp();
        if (await ClaimAsync(worker) is not { } mail)
        {
            return false;
        }

        var delivery = await RenderAndSendAsync(mail);
        await FinishAsync(mail, delivery, claimedAt);
        return true;
    }

    private async Task<ClaimedMail?> ClaimAsync(string worker) =>
        (await sources.QueryAsync(DbRole.Job, "select attempt_id, outbox_id, kind, reference, to_address, to_name, subject from mail.claim($1)",
            r => r.IsDBNull(0) ? null : new ClaimedMail(r.GetInt64(0), r.GetGuid(1), r.GetString(2), r.GetGuid(3), r.GetString(4), r.GetString(5), r.GetString(6)),
            CancellationToken.None, new NpgsqlParameter<string> { TypedValue = worker }))[0];

    private async Task<Delivery> RenderAndSendAsync(ClaimedMail mail)
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
            return await transport.SendAsync(mail, content, CancellationToken.None);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new Delivery(MailOutcome.Rejected, "The address or a header is not acceptable in a mail."); // found while the mail was put together
        }
    }

    // A database that is away for a moment must not turn a mail that was sent into one of unknown fate: that would be sent again.
    private async Task FinishAsync(ClaimedMail mail, Delivery delivery, long claimedAt)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause *= 2)
        {
            try
            {
                var inTime = (await sources.QueryAsync(DbRole.Job, "select mail.finish($1, $2, $3)", r => r.GetBoolean(0), CancellationToken.None,
                    new NpgsqlParameter<long> { TypedValue = mail.AttemptId },
                    new NpgsqlParameter<string> { TypedValue = Stored.Text(delivery.Outcome) },
                    new NpgsqlParameter<string?> { TypedValue = delivery.Error }))[0];
                Attempts.Add(1, new KeyValuePair<string, object?>("outcome", delivery.Outcome.ToString()));
                Finished(mail.OutboxId, mail.AttemptId, delivery.Outcome, inTime);
                return;
            }
            catch (NpgsqlException) when (time.GetElapsedTime(claimedAt) + pause < Lease)
            {
                await Task.Delay(pause, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {OutboxId}, attempt {AttemptId}: {Outcome} (within its lease: {InTime})")]
    private partial void Finished(Guid outboxId, long attemptId, MailOutcome outcome, bool inTime);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {OutboxId} of kind {Kind} could not be rendered")]
    private partial void CannotRender(Exception exception, Guid outboxId, string kind);
}
