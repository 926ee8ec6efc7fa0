using System.Collections.Concurrent;
using ClientPortal.Platform.Database;
using Npgsql;
using NpgsqlTypes;

namespace ClientPortal.Platform.Mail;

/// <summary>The outbox and its ledger in the database, as the senders of this host use them (<c>0002_mail.sql</c>, <c>0009_mail_batches.sql</c>, <c>0018_leases_end.sql</c>).</summary>
internal sealed class MailLedger(DataSources sources, TimeProvider time) : IDisposable
{
    private readonly ConcurrentQueue<(long Attempt, Delivery Delivery, TaskCompletionSource<bool?> InTime)> _finished = [];
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Gives back to the queue the mails whose sender's lease has ended, of whichever host: no mail waits for another's clockwork.</summary>
    public async Task SweepAsync() => await sources.QueryAsync(DbRole.Job, $"select mail.sweep()", r => r.GetInt32(0), CancellationToken.None);

    /// <summary>Takes up to <paramref name="limit"/> mails that may leave now. Null: all that were looked at have to wait, others may not.</summary>
    /// <exception cref="PostgresException">SQLSTATE <see cref="ClocksDiffer"/>, besides what a database may say.</exception>
    public async Task<IReadOnlyList<ClaimedMail>?> ClaimAsync(string worker, int limit)
    {
        // Not to be cancelled: a claim that was committed without anybody hearing of it would wait for its lease.
        await using var connection = await sources[DbRole.Job].OpenConnectionAsync();
        var lease = new MailLease(time);
        await using var claim = new NpgsqlCommand("select attempt_id, outbox_id, kind, reference, to_address, to_name, subject, lease from mail.claim($1, $2, $3)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = worker },
                new NpgsqlParameter<int> { TypedValue = limit },
                new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await using var reader = await claim.ExecuteReaderAsync();
        var mails = new List<ClaimedMail>();
        while (await reader.ReadAsync())
        {
            if (reader.IsDBNull(0))
            {
                return null;
            }

            lease.Length = reader.GetTimeSpan(7);
            mails.Add(new ClaimedMail(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), lease));
        }

        return mails;
    }

    /// <summary>What <c>mail.claim</c> raises while the database's clock and this host's differ.</summary>
    public const string ClocksDiffer = "PM001";

    /// <summary>
    /// Writes down what became of an attempt. Whoever comes while others are written waits and goes with the next: one commit
    /// for all of them. False: the lease had run out before. Null: it could not be written now.
    /// </summary>
    public async Task<bool?> FinishAsync(long attempt, Delivery delivery)
    {
        var inTime = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _finished.Enqueue((attempt, delivery, inTime));
        await _writing.WaitAsync();
        try
        {
            if (!inTime.Task.IsCompleted)
            {
                await FinishAllAsync();
            }
        }
        finally
        {
            _writing.Release();
        }

        return await inTime.Task;
    }

    private async Task FinishAllAsync()
    {
        var batch = new Dictionary<long, (Delivery Delivery, TaskCompletionSource<bool?> InTime)>();
        while (_finished.TryDequeue(out var finished))
        {
            batch.Add(finished.Attempt, (finished.Delivery, finished.InTime));
        }

        try
        {
            var (outcomes, errors) = (batch.Values.Select(f => Stored.Text(f.Delivery.Outcome)).ToArray(), batch.Values.Select(f => f.Delivery.Error).ToArray());
            var written = await sources.QueryAsync(
                DbRole.Job,
                $"select attempt_id, in_time from mail.finish_batch({batch.Keys.ToArray()}, {outcomes}, {errors})",
                r => (Attempt: r.GetInt64(0), InTime: r.IsDBNull(1) ? (bool?)null : r.GetBoolean(1)), CancellationToken.None);
            foreach (var (attempt, inTime) in written)
            {
                batch[attempt].InTime.SetResult(inTime);
            }
        }
#pragma warning disable CA1031 // it is every waiting sender's failure, and each decides
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var (_, inTime) in batch.Values)
            {
                inTime.TrySetException(e);
            }
        }
    }

    /// <summary>How long until the next queued mail is due or a lease ends; null when none waits or is on its way.</summary>
    public async Task<TimeSpan?> UntilDueAsync(CancellationToken cancellationToken) =>
        (await sources.QueryAsync(DbRole.Job, $"select mail.next_due() - clock_timestamp()", r => r.IsDBNull(0) ? (TimeSpan?)null : r.GetTimeSpan(0), cancellationToken))[0];

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();
}
