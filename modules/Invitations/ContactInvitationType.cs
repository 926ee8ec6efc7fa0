using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Npgsql;

namespace ClientPortal.Invitations;

internal sealed record ContactInvitation(
    Guid ContactId, InvitationStatus Status = InvitationStatus.NotInvited, InvitationDetail? Detail = null,
    DateTimeOffset? InvitedAt = null, DateTimeOffset? ExpiresAt = null, DateTimeOffset? OnboardedAt = null);

[ExtendObjectType("Contact")]
internal static class ContactInvitations
{
    public static async Task<IReadOnlyList<ContactInvitation>> GetInvitationAsync([ParentId] IReadOnlyList<Guid> contactIds, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        var found = (await sql.QueryAsync(session.IsStaff ? OfStaff(contactIds) : OfContact(contactIds), Read, cancellationToken)).ToDictionary(i => i.ContactId);
        return [.. contactIds.Select(id => found.GetValueOrDefault(id) ?? new ContactInvitation(id))];
    }

    // Status and detail as the database's clock has brought them about.
    private static FormattableString OfStaff(IReadOnlyList<Guid> ids) =>
        $"select contact_id, s.status, s.detail, i.invited_at, i.expires_at, i.onboarded_at from invitations.invitation i join invitations.standing s using (contact_id) where contact_id = any({ids})";

    // Detail and expiry are columns that contacts may not select.
    private static FormattableString OfContact(IReadOnlyList<Guid> ids) =>
        $"select contact_id, status, null::text, invited_at, null::timestamptz, onboarded_at from invitations.invitation where contact_id = any({ids})";

    private static ContactInvitation Read(NpgsqlDataReader row)
    {
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        return new ContactInvitation(
            row.GetGuid(0), Stored.Value<InvitationStatus>(row.GetString(1)), row.IsDBNull(2) ? null : Stored.Value<InvitationDetail>(row.GetString(2)), Time(3), Time(4), Time(5));
    }
}

[ObjectType<ContactInvitation>]
internal static class ContactInvitationType
{
    private static readonly Keyset<InvitationEvent> NewestFirst = new Keyset<InvitationEvent>().Of(e => e.ContactId).Descending(e => e.Id);

    public static InvitationStatus GetStatus([Parent] ContactInvitation invitation) => invitation.Status;

    /// <summary>Null when there is nothing to tell. Staff only.</summary>
    public static InvitationDetail? GetDetail([Parent] ContactInvitation invitation) => invitation.Detail;

    public static DateTimeOffset? GetInvitedAt([Parent] ContactInvitation invitation) => invitation.InvitedAt;

    /// <summary>When the link that was sent last ends or ended. Staff only.</summary>
    public static DateTimeOffset? GetExpiresAt([Parent] ContactInvitation invitation) => invitation.ExpiresAt;

    public static DateTimeOffset? GetOnboardedAt([Parent] ContactInvitation invitation) => invitation.OnboardedAt;

    /// <summary>When the next invitation e-mail to this recipient may leave; null when one may leave now. Staff with CLIENTS_INVITE.</summary>
    public static async Task<DateTimeOffset?> GetNextEmailAllowedAtAsync([Parent] ContactInvitation invitation, MailLimitsByContact limits, CancellationToken cancellationToken) =>
        (await limits.LoadAsync(invitation.ContactId, cancellationToken))?.NextAllowedAt;

    /// <summary>Invitation e-mails to this recipient in the last 24 hours (at most 5). Staff with CLIENTS_INVITE.</summary>
    [GraphQLName("emailsInLast24Hours")]
    public static async Task<int> GetEmailsInLast24HoursAsync([Parent] ContactInvitation invitation, MailLimitsByContact limits, CancellationToken cancellationToken) =>
        (await limits.LoadAsync(invitation.ContactId, cancellationToken))?.SentIn24Hours ?? 0;

    /// <summary>What happened, newest first. Staff only.</summary>
    [ForwardOnly]
    public static Task<IReadOnlyList<Connection<InvitationEvent>>> GetHistoryAsync([Parent] IReadOnlyList<ContactInvitation> invitations, PagingArguments paging, DbSession session, Statements sql, CancellationToken cancellationToken) =>
        session.IsStaff
            ? sql.PagesAsync([.. invitations.Select(i => i.ContactId)], NewestFirst, new(), paging, cancellationToken)
            : Task.FromResult<IReadOnlyList<Connection<InvitationEvent>>>([.. invitations.Select(_ => new Connection<InvitationEvent>([], NewestFirst.CursorOf, false, false, _ => new(0)))]);
}

[ObjectType<InvitationEvent>]
internal static class InvitationEventType
{
    [ID("InvitationEvent")]
    public static Guid GetId([Parent] InvitationEvent e) => EventId.Of(e.Id);

    public static DateTimeOffset GetAt([Parent] InvitationEvent e) => e.At;

    public static InvitationStatus GetStatus([Parent] InvitationEvent e) => e.Status;

    public static InvitationDetail? GetDetail([Parent] InvitationEvent e) => e.Detail;

    /// <summary>Who did it; null for the system.</summary>
    public static string? GetBy([Parent] InvitationEvent e) => e.ByName;
}
