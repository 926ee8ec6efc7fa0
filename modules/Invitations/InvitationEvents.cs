using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

internal sealed record InvitationStatusChange(long Id, DateTimeOffset At, Guid ContactId, Guid ClientId, InvitationStatus Previous, InvitationStatus Status, InvitationDetail? Detail);

/// <summary>Events from one on: the table is the stream.</summary>
internal static class InvitationEvents
{
    /// <summary>The next events under the session's own rights, and up to where these are all. Null: the session has ended, or the permission was taken away.</summary>
    /// <param name="sources">The database.</param>
    /// <param name="session">Who asks.</param>
    /// <param name="seen">The last event seen; null to begin now, without events.</param>
    /// <param name="clientId">One client's only; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public static async Task<InvitationPart?> ReadAsync(DataSources sources, DbSession session, long? seen, Guid? clientId, int limit, CancellationToken cancellationToken)
    {
        var rows = await sources.QueryAsync(
            session,
            $"""
            select u.up_to, e.id, e.at, e.contact_id, e.client_id, e.previous, e.status, e.detail, s.nobodys
            from (select ctx.staff_can('CLIENTS_INVITE') as allowed, {clientId}::uuid is not null and not exists (select from clients.client c where c.id = {clientId}) as nobodys) s
            cross join lateral (select coalesce(max(x.id), 0) as up_to from invitations.event x) u
            left join lateral (
              select * from invitations.event e
              where e.id > coalesce({seen}, u.up_to) and e.id <= u.up_to and ({clientId}::uuid is null or e.client_id = {clientId}) order by e.id limit {limit}) e on true
            where s.allowed
            order by e.id
            """,
            r => (UpTo: r.GetInt64(0), Change: r.IsDBNull(1) ? null : new InvitationStatusChange(
                r.GetInt64(1), r.GetFieldValue<DateTimeOffset>(2), r.GetGuid(3), r.GetGuid(4), Stored.Value<InvitationStatus>(r.GetString(5)), Stored.Value<InvitationStatus>(r.GetString(6)),
                r.IsDBNull(7) ? null : Stored.Value<InvitationDetail>(r.GetString(7))), Nobodys: r.GetBoolean(8)), cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        List<InvitationStatusChange> changes = [.. rows.Select(r => r.Change).OfType<InvitationStatusChange>()];
        return new InvitationPart(changes, changes.Count == limit ? changes[^1].Id : rows[0].UpTo, changes.Count == limit, rows[0].Nobodys);
    }
}

/// <param name="Changes">The events, in order.</param>
/// <param name="UpTo">Whoever got these has got all up to this one.</param>
/// <param name="More">There may be more at once.</param>
/// <param name="Nobodys">There is no such client.</param>
internal sealed record InvitationPart(IReadOnlyList<InvitationStatusChange> Changes, long UpTo, bool More, bool Nobodys = false);
