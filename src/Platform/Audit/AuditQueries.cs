using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Platform.Audit;

/// <param name="SubjectId">What it was done to.</param>
/// <param name="Action">What was done, e.g. CONTACT_ACCESS_SET.</param>
/// <param name="From">At this moment or later.</param>
/// <param name="To">Before this moment.</param>
internal sealed record AuditFilter(NodeId? SubjectId = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

[QueryType]
internal static class AuditQueries
{
    private static readonly Keyset<AuditEvent> Newest = new Keyset<AuditEvent>().Descending(e => e.Id);

    /// <summary>Who did what, newest first: changes to clients, contacts and their access, invitations, previews and sign-ins.</summary>
    [Staff(Permission.AuditView)]
    public static Task<Connection<AuditEvent>> GetAuditEventsAsync(PagingArguments paging, AuditFilter? filter, Pager<AuditDb> pager, CancellationToken cancellationToken) =>
        pager.PageAsync(db => Matching(db.Events, filter ?? new AuditFilter()), Newest, paging, cancellationToken);

    private static IQueryable<AuditEvent> Matching(IQueryable<AuditEvent> events, AuditFilter filter)
    {
        if (filter.SubjectId is { } subject)
        {
            events = events.Where(e => e.SubjectType == subject.TypeName && e.SubjectId == subject.Value);
        }

        if (filter.Action is { } action)
        {
            var known = action.Contains('\0', StringComparison.Ordinal) ? "" : action; // PostgreSQL refuses NUL, and no action has one
            events = events.Where(e => e.Action == known);
        }

        if (filter.From is { } from)
        {
            events = events.Where(e => e.At >= from);
        }

        if (filter.To is { } to)
        {
            events = events.Where(e => e.At < to);
        }

        return events;
    }
}
