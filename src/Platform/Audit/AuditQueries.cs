using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
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

    /// <summary>Who did what, newest first: changes to clients, contacts and their access, to staff and their permissions, invitations, previews and sign-ins.</summary>
    [Staff(Permission.AuditView)]
    public static Task<Connection<AuditEvent>> GetAuditEventsAsync(PagingArguments paging, AuditFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        sql.PageAsync(Newest, Matching(filter ?? new AuditFilter()), paging, cancellationToken);

    private static Conditions Matching(AuditFilter filter)
    {
        var where = new Conditions();
        if (filter.SubjectId is { } subject)
        {
            where.Add($"subject_type = {subject.TypeName} and subject_id = {subject.Value}");
        }

        if (filter.Action is { } action)
        {
            var known = action.Contains('\0', StringComparison.Ordinal) ? "" : action; // PostgreSQL refuses NUL, and no action has one
            where.Add($"action = {known}");
        }

        if (filter.From is { } from)
        {
            where.Add($"at >= {from}");
        }

        if (filter.To is { } to)
        {
            where.Add($"at < {to}");
        }

        return where;
    }
}
