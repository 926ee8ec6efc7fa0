using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Projects;

internal sealed record TicketFilter(string? Search = null, IReadOnlyList<TicketStatus>? Status = null, [property: ID("Project")] Guid? ProjectId = null)
{
    public static Conditions Conditions(TicketFilter? filter)
    {
        var where = new Conditions();
        if (filter?.Search is { } search && !string.IsNullOrWhiteSpace(search))
        {
            var pattern = LikePattern.Contains(search);
            where.Add($"number ilike {pattern} or title ilike {pattern}");
        }

        if (filter?.Status is { } statuses)
        {
            where.Add($"status = any({Stored.Texts(statuses)})");
        }

        if (filter?.ProjectId is { } project)
        {
            where.Add($"project_id = {project}");
        }

        return where;
    }
}

[ExtendObjectType("Portal")]
internal static class PortalTickets
{
    /// <summary>Approved tickets: work being billed or billed to the client.</summary>
    public static async Task<Connection<Ticket>> GetTicketsAsync([Parent] IHasId portal, PagingArguments paging, TicketFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        (await ClientTickets.GetTicketsAsync([portal.Id], paging, filter, sql, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientTickets
{
    private static readonly Keyset<Ticket> Newest = new Keyset<Ticket>().Of(t => t.ClientId).Descending(t => t.SortedOn).Descending(t => t.Id);

    public static Task<IReadOnlyList<Connection<Ticket>>> GetTicketsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, TicketFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync(clientIds, Newest, TicketFilter.Conditions(filter), paging, cancellationToken);
}

[ExtendObjectType("Invoice")]
internal static class InvoiceTickets
{
    public static async Task<IReadOnlyList<IReadOnlyList<Ticket>>> GetTicketsAsync([ParentId] IReadOnlyList<Guid> invoiceIds, Statements sql, CancellationToken cancellationToken)
    {
        var tickets = (await sql.RowsAsync<Ticket>($"where invoice_id = any({invoiceIds}) order by sorted_on desc, id desc", cancellationToken)).ToLookup(t => t.InvoiceId);
        return [.. invoiceIds.Select(id => tickets[id].ToArray())];
    }
}
