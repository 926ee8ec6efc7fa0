using System.Runtime.CompilerServices;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

[SubscriptionType]
internal static class BulkInvitationProgress
{
    /// <summary>How far a call that invited many is: now, at every change (twice a second at most), and for the last time when it is done.</summary>
    [Staff(Permission.ClientsInvite)]
    [Subscribe(With = nameof(StreamAsync))]
    public static BulkInvitation GetBulkInvitationProgress([EventMessage] BulkInvitation bulk) => bulk;

    public static async Task<IAsyncEnumerable<SharedEvent<BulkInvitation>>> StreamAsync(
        [ID("BulkInvitation")] Guid id, DbSession session, Asker? asker, DataSources sources, BulkInvitationFeed feed, CancellationToken cancellationToken) =>
        await BulkInvitationFeed.ReadAsync(sources, session, [id], cancellationToken) is [var bulk]
            ? FollowAsync(bulk, session, StaffRights.Of(asker), feed, cancellationToken)
            : throw new NotFoundError().ToException();

    private static async IAsyncEnumerable<SharedEvent<BulkInvitation>> FollowAsync(
        BulkInvitation told, DbSession session, string rights, BulkInvitationFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = session.Token ?? "";
        using var following = feed.Follow(told.Id, session);
        var known = feed.Newest;
        yield return new SharedEvent<BulkInvitation>(told);
        while (told.State != BulkInvitationState.Done)
        {
            known = await feed.NextAsync(known).WaitAsync(cancellationToken);
            if (!known.Answers(told.Id, token))
            {
                continue;
            }

            if (known.Of(told.Id, token) is not { } bulk)
            {
                yield break; // invisible without the permission
            }

            if (!bulk.SameAs(told))
            {
                told = bulk;
                yield return known.EventFor(bulk, token, rights);
            }
        }
    }
}
