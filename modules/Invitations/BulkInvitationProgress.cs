using System.Runtime.CompilerServices;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;

namespace ClientPortal.Invitations;

[SubscriptionType]
internal static class BulkInvitationProgress
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1.5); // rights that were taken away end the stream within two seconds
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500); // mails leave by the dozen a second; nobody reads that fast

    /// <summary>How far a call that invited many is: now, at every change (twice a second at most), and for the last time when it is done.</summary>
    [Staff(Permission.ClientsInvite)]
    [Subscribe(With = nameof(StreamAsync))]
    public static BulkInvitation GetBulkInvitationProgress([EventMessage] BulkInvitation bulk) => bulk;

    public static async Task<IAsyncEnumerable<BulkInvitation>> StreamAsync(
        [ID("BulkInvitation")] Guid id, DbSession session, DataSources sources, DatabaseSignals signals, TimeProvider time, CancellationToken cancellationToken) =>
        await ReadAsync(id, session, sources, cancellationToken) is null
            ? throw new GraphQLException("There is no such record. Check the id, or look it up again.", "NOT_FOUND")
            : FollowAsync(id, session, sources, signals, time, cancellationToken);

    private static async IAsyncEnumerable<BulkInvitation> FollowAsync(
        Guid id, DbSession session, DataSources sources, DatabaseSignals signals, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.InvitationEvent, InvitationSignals.BulkInvitation);
        BulkInvitation? told = null;
        while (await ReadAsync(id, session, sources, cancellationToken) is { } bulk) // invisible without the permission
        {
            if (!bulk.SameAs(told))
            {
                yield return told = bulk;
            }

            if (bulk.State == BulkInvitationState.Done)
            {
                yield break;
            }

            await Task.Delay(ShortestPause, time, cancellationToken);
            await signal.WaitAsync(LongestWait - ShortestPause, cancellationToken);
        }
    }

    private static async Task<BulkInvitation?> ReadAsync(Guid id, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var found = await sources.QueryAsync(session, $"select {Row<BulkInvitation>.Columns} from {Row<BulkInvitation>.Table} where id = {id}", Row<BulkInvitation>.Read, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }
}
