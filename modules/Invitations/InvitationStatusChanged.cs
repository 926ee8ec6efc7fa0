using System.Runtime.CompilerServices;
using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

/// <summary>
/// The table of events is the stream. A subscriber reads what it missed itself, and hears what is live from the host's feed, wave
/// by wave at its own pace. Events are numbered, so the seam shows neither a gap nor a repetition.
/// </summary>
[SubscriptionType]
internal static class InvitationStatusChanged
{
    private const int BatchSize = 200;

    /// <summary>Every change of a contact's invitation, of one client or of all. `after` is the id of the last event seen: those missed since come first, then live ones. It ends when the permission or the session does; NOT_FOUND when there is no such client.</summary>
    [Staff(Permission.ClientsInvite)]
    [Subscribe(With = nameof(StreamAsync))]
    public static InvitationStatusChange GetInvitationStatusChanged([EventMessage] InvitationStatusChange change) => change;

    public static async Task<IAsyncEnumerable<SharedEvent<InvitationStatusChange>>> StreamAsync(
        [ID("Client")] Guid? clientId, [ID("InvitationEvent")] Guid? after, DbSession session, Asker? asker, DataSources sources, InvitationFeed feed, CancellationToken cancellationToken)
    {
        long? seen = after is { } id ? EventId.NumberOf(id) ?? throw new GraphQLException("`after` is not the id of an invitation's event. Leave it out to begin now.", "BAD_CURSOR") : null;
        var first = await InvitationEvents.ReadAsync(sources, session, seen, clientId, BatchSize, cancellationToken);
        return first is { Nobodys: true } ? throw new NotFoundError().ToException() : FollowAsync(first, clientId, session, StaffRights.Of(asker), sources, feed, cancellationToken);
    }

    private static async IAsyncEnumerable<SharedEvent<InvitationStatusChange>> FollowAsync(
        InvitationPart? missed, Guid? clientId, DbSession session, string rights, DataSources sources, InvitationFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = session.Token ?? "";
        using var following = feed.Follow(session);
        var known = following.Newest;
        var isBehind = feed.UpTo > missed?.UpTo; // the others were told of what came between the read and this moment
        while (missed is not null)
        {
            foreach (var change in missed.Changes)
            {
                yield return new SharedEvent<InvitationStatusChange>(change);
            }

            var seen = missed.UpTo;
            while (!missed.More && !isBehind)
            {
                var wave = await known.Next.WaitAsync(cancellationToken);
                if (wave.Ends(token) || (following.Newest is var newest && newest != wave && newest.Ends(token)))
                {
                    yield break;
                }

                if (wave.UpTo > seen && !wave.Continues(seen, token))
                {
                    break; // it came while the wave was read
                }

                known = wave;
                foreach (var (change, shared) in wave.EventsFor(token, rights))
                {
                    if (change.Id > seen && (clientId is null || change.ClientId == clientId))
                    {
                        yield return shared;
                    }
                }

                seen = Math.Max(seen, wave.UpTo);
            }

            isBehind = false;
            known = following.Newest; // what the read does not see comes in a later wave
            missed = await InvitationEvents.ReadAsync(sources, session, seen, clientId, BatchSize, cancellationToken);
        }
    }
}

[ObjectType<InvitationStatusChange>]
internal static class InvitationStatusChangeType
{
    [ID("InvitationEvent")]
    public static Guid GetId([Parent] InvitationStatusChange change) => EventId.Of(change.Id);

    public static DateTimeOffset GetAt([Parent] InvitationStatusChange change) => change.At;

    [NodeType("Contact")]
    public static NodeRef GetContact([Parent] InvitationStatusChange change) => new(change.ContactId);

    public static InvitationStatus GetPrevious([Parent] InvitationStatusChange change) => change.Previous;

    public static InvitationStatus GetStatus([Parent] InvitationStatusChange change) => change.Status;

    public static InvitationDetail? GetDetail([Parent] InvitationStatusChange change) => change.Detail;
}
