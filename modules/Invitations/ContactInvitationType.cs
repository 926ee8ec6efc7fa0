using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Invitations;

internal sealed record ContactInvitation(
    Guid ContactId, InvitationStatus Status = InvitationStatus.NotInvited, InvitationDetail? Detail = null,
    DateTimeOffset? InvitedAt = null, DateTimeOffset? ExpiresAt = null, DateTimeOffset? OnboardedAt = null);

[ExtendObjectType("Contact")]
internal static class ContactInvitations
{
    public static async Task<IReadOnlyList<ContactInvitation>> GetInvitationAsync([ParentId] IReadOnlyList<Guid> contactIds, DbSession session, InvitationsDb db, CancellationToken cancellationToken)
    {
        var ids = contactIds.Distinct().ToArray();
        var found = await (session.IsStaff ? OfStaff(db, ids) : OfContact(db, ids)).ToDictionaryAsync(i => i.ContactId, cancellationToken);
        return [.. contactIds.Select(id => found.GetValueOrDefault(id) ?? new ContactInvitation(id))];
    }

    private static IQueryable<ContactInvitation> OfStaff(InvitationsDb db, Guid[] ids) =>
        from i in db.Invitations
        join more in db.InvitationsForStaff on i.ContactId equals more.ContactId
        join s in db.Standings on i.ContactId equals s.ContactId
        where ids.Contains(i.ContactId)
        select new ContactInvitation(i.ContactId, s.Status, s.Detail, i.InvitedAt, more.ExpiresAt, i.OnboardedAt);

    private static IQueryable<ContactInvitation> OfContact(InvitationsDb db, Guid[] ids) =>
        from i in db.Invitations
        where ids.Contains(i.ContactId)
        select new ContactInvitation(i.ContactId, i.Status, null, i.InvitedAt, null, i.OnboardedAt);
}

[ObjectType<ContactInvitation>]
internal static class ContactInvitationType
{
    private static readonly Keyset<InvitationEvent> NewestFirst = new Keyset<InvitationEvent>().Descending(e => e.Id);

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
    public static Task<IReadOnlyList<Connection<InvitationEvent>>> GetHistoryAsync([Parent] IReadOnlyList<ContactInvitation> invitations, PagingArguments paging, DbSession session, Pager<InvitationsDb> pager, CancellationToken cancellationToken) =>
        session.IsStaff
            ? pager.PagesAsync([.. invitations.Select(i => i.ContactId)], db => db.Events, e => e.ContactId, NewestFirst, paging, cancellationToken)
            : Task.FromResult<IReadOnlyList<Connection<InvitationEvent>>>([.. invitations.Select(_ => new Connection<InvitationEvent>([], false, false, _ => new(0)))]);
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
