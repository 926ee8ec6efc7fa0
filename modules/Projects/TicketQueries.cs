using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientPortal.Projects;

internal sealed record TicketFilter(string? Search = null, IReadOnlyList<TicketStatus>? Status = null, [property: ID("Project")] Guid? ProjectId = null)
{
    public static IQueryable<Ticket> Apply(TicketFilter? filter, IQueryable<Ticket> tickets)
    {
        if (filter?.Search is { } search && !string.IsNullOrWhiteSpace(search))
        {
            var pattern = LikePattern.Contains(search);
            tickets = tickets.Where(t => EF.Functions.ILike(t.Number, pattern, LikePattern.Escape) || EF.Functions.ILike(t.Title, pattern, LikePattern.Escape));
        }

        if (filter?.Status is { } statuses)
        {
            tickets = tickets.Where(t => statuses.Contains(t.Status));
        }

        if (filter?.ProjectId is { } project)
        {
            tickets = tickets.Where(t => t.ProjectId == project);
        }

        return tickets;
    }
}

[ExtendObjectType("Portal")]
internal static class PortalTickets
{
    /// <summary>Approved tickets: work being billed or billed to the client.</summary>
    public static async Task<Connection<Ticket>> GetTicketsAsync([Parent] IHasId portal, PagingArguments paging, TicketFilter? filter, Pager<ProjectsDb> pager, CancellationToken cancellationToken) =>
        (await ClientTickets.GetTicketsAsync([portal.Id], paging, filter, pager, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientTickets
{
    public static Task<IReadOnlyList<Connection<Ticket>>> GetTicketsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, TicketFilter? filter, Pager<ProjectsDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync(clientIds, db => TicketFilter.Apply(filter, db.Tickets), t => t.ClientId, TicketType.Newest, paging, cancellationToken);
}

[ExtendObjectType("Invoice")]
internal static class InvoiceTickets
{
    public static async Task<IReadOnlyList<IReadOnlyList<Ticket>>> GetTicketsAsync([ParentId] IReadOnlyList<Guid> invoiceIds, Statements sql, CancellationToken cancellationToken)
    {
        var tickets = (await sql.RowsAsync<Ticket>(
            "projects.ticket where invoice_id = any($1) order by sorted_on desc, id desc",
            cancellationToken, new NpgsqlParameter<Guid[]> { TypedValue = [.. invoiceIds] })).ToLookup(t => t.InvoiceId);
        return [.. invoiceIds.Select(id => tickets[id].ToArray())];
    }
}
