using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Projects;

[ObjectType<Ticket>]
[Node]
internal static class TicketType
{
    [ID]
    public static Guid GetId([Parent] Ticket ticket) => ticket.Id;

    public static string GetNumber([Parent] Ticket ticket) => ticket.Number;

    public static string GetTitle([Parent] Ticket ticket) => ticket.Title;

    public static string? GetDescription([Parent] Ticket ticket) => ticket.Description;

    public static TicketStatus GetStatus([Parent] Ticket ticket) => ticket.Status;

    public static DateOnly? GetWorkedOn([Parent] Ticket ticket) => ticket.WorkedOn;

    public static DateTimeOffset? GetApprovedAt([Parent] Ticket ticket) => ticket.ApprovedAt;

    public static decimal? GetHours([Parent] Ticket ticket) => ticket.Hours;

    /// <summary>Null, too, when the viewer may not see it.</summary>
    [NodeType("Project")]
    public static NodeRef? GetProject([Parent] Ticket ticket) => ticket.ProjectId is { } id ? new NodeRef(id) : null;

    /// <summary>The invoice that bills this ticket, when the viewer may see it.</summary>
    [NodeType("Invoice")]
    public static NodeRef? GetInvoice([Parent] Ticket ticket) => ticket.InvoiceId is { } id ? new NodeRef(id) : null;

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<Money?>> GetCostAsync([Parent] IReadOnlyList<Ticket> tickets, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new Money?[tickets.Count];
        }

        var ids = tickets.Select(t => t.Id).ToArray();
        var costs = (await sql.RowsAsync<TicketForStaff>($"where id = any({ids}) and internal_cost is not null", cancellationToken))
            .ToDictionary(t => t.Id, t => Money.FromMinorUnits(t.InternalCost!.Value, t.Currency)); // none without a cost is read
        return [.. tickets.Select(t => costs.GetValueOrDefault(t.Id))];
    }

    /// <summary>Staff only.</summary>
    [NodeType("StaffMember")]
    public static async Task<IReadOnlyList<NodeRef?>> GetAssigneeAsync([Parent] IReadOnlyList<Ticket> tickets, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new NodeRef?[tickets.Count];
        }

        var assigned = await sql.ByIdAsync<TicketForStaff>([.. tickets.Select(t => t.Id)], t => t.Id, cancellationToken);
        return [.. assigned.Select(t => t?.InternalAssigneeId is { } id ? new NodeRef(id) : (NodeRef?)null)];
    }

    [NodeResolver]
    public static Task<IReadOnlyList<Ticket?>> GetTicketsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Ticket>(ids, t => t.Id, cancellationToken);
}
