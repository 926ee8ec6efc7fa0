using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Invitations;

[ObjectType<BulkInvitation>]
[Node]
internal static class BulkInvitationType
{
    private static readonly Keyset<BulkInvitationRow> InOrder = new Keyset<BulkInvitationRow>().Of(r => r.BulkId).Ascending(r => r.Position);

    [ID]
    public static Guid GetId([Parent] BulkInvitation bulk) => bulk.Id;

    public static BulkInvitationState GetState([Parent] BulkInvitation bulk) => bulk.State;

    /// <summary>The contacts whom the call is about: as many as there are rows, queued, sent, skipped and failed together. Who is removed leaves it.</summary>
    public static int GetTotal([Parent] BulkInvitation bulk) => bulk.Total;

    /// <summary>Mails that wait or are being sent.</summary>
    public static int GetQueued([Parent] BulkInvitation bulk) => bulk.Queued;

    public static int GetSent([Parent] BulkInvitation bulk) => bulk.Sent;

    /// <summary>Not invited, each for the reason that its row tells.</summary>
    public static int GetSkipped([Parent] BulkInvitation bulk) => bulk.Skipped;

    /// <summary>Mails that were given up.</summary>
    public static int GetFailed([Parent] BulkInvitation bulk) => bulk.Failed;

    /// <summary>In the order of the contacts named; for `all`, by client and name. `skipped` chooses those that were skipped, or the others.</summary>
    [ForwardOnly]
    public static Task<IReadOnlyList<Connection<BulkInvitationRow>>> GetRowsAsync([Parent] IReadOnlyList<BulkInvitation> bulks, PagingArguments paging, bool? skipped, Statements sql, CancellationToken cancellationToken)
    {
        var where = new Conditions();
        if (skipped is { } only)
        {
            where.Add($"(skipped is not null) = {only}");
        }

        return sql.PagesAsync([.. bulks.Select(b => b.Id)], InOrder, where, paging, cancellationToken);
    }

    [NodeResolver]
    public static async Task<IReadOnlyList<BulkInvitation?>> GetBulkInvitationsByIdAsync(IReadOnlyList<Guid> ids, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new BulkInvitation?[ids.Count]; // contacts' role has no right to these tables at all
        }

        return await sql.ByIdAsync<BulkInvitation>(ids, b => b.Id, cancellationToken);
    }
}

[ObjectType<BulkInvitationRow>]
internal static class BulkInvitationRowType
{
    [NodeType("Contact")]
    public static NodeRef GetContact([Parent] BulkInvitationRow row) => new(row.ContactId);

    /// <summary>Why no mail leaves; null when one left, waits, or was taken back.</summary>
    public static InvitationSkipReason? GetSkipped([Parent] BulkInvitationRow row) => row.Skipped;

    public static InvitationDetail? GetDetail([Parent] BulkInvitationRow row) => row.Detail;

    /// <summary>When the mail is tried, if it waits for a mail limit or for another attempt.</summary>
    public static DateTimeOffset? GetRetryAt([Parent] BulkInvitationRow row) => row.RetryAt;
}

[QueryType]
internal static class BulkInvitationQueries
{
    [Staff(Permission.ClientsInvite)]
    [NodeType("BulkInvitation")]
    public static NodeRef? GetBulkInvitation([ID("BulkInvitation")] Guid id) => new NodeRef(id);
}
