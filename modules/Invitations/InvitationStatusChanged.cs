using System.Runtime.CompilerServices;
using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Npgsql;

namespace ClientPortal.Invitations;

internal sealed record InvitationStatusChange(long Id, DateTimeOffset At, Guid ContactId, InvitationStatus Previous, InvitationStatus Status, InvitationDetail? Detail);

/// <summary>
/// The table of events is the stream. A subscriber reads on from the last event that it got, under its own rights, whenever
/// the host hears of something new: what was missed and what is live come by the same statement, in order, without a gap or a repetition.
/// </summary>
[SubscriptionType]
internal static class InvitationStatusChanged
{
    private const int BatchSize = 200;

    // Rights that were taken away end the stream within two seconds, also when nothing happens.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1.5);

    /// <summary>Every change of a contact's invitation, of one client or of all. `after` is the id of the last event seen: those missed since come first, then live ones. It ends when the permission or the session does.</summary>
    [Staff(Permission.ClientsInvite)]
    [Subscribe(With = nameof(StreamAsync))]
    public static InvitationStatusChange GetInvitationStatusChanged([EventMessage] InvitationStatusChange change) => change;

    public static async Task<IAsyncEnumerable<InvitationStatusChange>> StreamAsync(
        [ID("Client")] Guid? clientId, [ID("InvitationEvent")] Guid? after, DbSession session, DataSources sources, DatabaseSignals signals, CancellationToken cancellationToken)
    {
        long? seen = after is { } id ? EventId.NumberOf(id) ?? throw new GraphQLException("`after` is not the id of an invitation's event. Leave it out to begin now.", "BAD_CURSOR") : null;
        var start = (await sources.QueryAsync(session, "select least(@seen, coalesce(max(id), 0)) from invitations.event", r => r.GetInt64(0), cancellationToken, new NpgsqlParameter<long?>("seen", seen)))[0];
        return FollowAsync(start, clientId, session, sources, signals, cancellationToken);
    }

    private static async IAsyncEnumerable<InvitationStatusChange> FollowAsync(
        long seen, Guid? clientId, DbSession session, DataSources sources, DatabaseSignals signals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.InvitationEvent);
        while (await ReadAsync(seen, clientId, session, sources, cancellationToken) is { } changes)
        {
            foreach (var change in changes)
            {
                seen = change.Id;
                yield return change;
            }

            if (changes.Count < BatchSize)
            {
                await signal.WaitAsync(LongestWait, cancellationToken);
            }
        }
    }

    // Null: the session has ended, or the permission was taken away. Otherwise the next events, perhaps none.
    private static async Task<List<InvitationStatusChange>?> ReadAsync(long seen, Guid? clientId, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rows = await sources.QueryAsync(session, """
            select e.id, e.at, e.contact_id, e.previous, e.status, e.detail
            from (select ctx.staff_can('CLIENTS_INVITE') as allowed) s
            left join lateral (
              select * from invitations.event e where e.id > @seen and (@client::uuid is null or e.client_id = @client) order by e.id limit @batch) e on true
            where s.allowed
            order by e.id
            """,
            r => r.IsDBNull(0) ? null : new InvitationStatusChange(
                r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetGuid(2), Stored.Value<InvitationStatus>(r.GetString(3)), Stored.Value<InvitationStatus>(r.GetString(4)),
                r.IsDBNull(5) ? null : Stored.Value<InvitationDetail>(r.GetString(5))),
            cancellationToken,
            new NpgsqlParameter<long>("seen", seen),
            new NpgsqlParameter<Guid?>("client", clientId),
            new NpgsqlParameter<int>("batch", BatchSize));
        return rows.Count == 0 ? null : [.. rows.OfType<InvitationStatusChange>()];
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
