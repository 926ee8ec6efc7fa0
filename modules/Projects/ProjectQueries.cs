using ClientPortal.GraphQL;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Projects;

[ExtendObjectType("Portal")]
internal static class PortalProjects
{
    public static async Task<Connection<Project>> GetProjectsAsync([Parent] IHasId portal, PagingArguments paging, Pager<ProjectsDb> pager, CancellationToken cancellationToken) =>
        (await ClientProjects.GetProjectsAsync([portal.Id], paging, pager, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientProjects
{
    private static readonly Keyset<Project> ByName = new Keyset<Project>().Ascending(p => p.Name).Ascending(p => p.Id);

    public static Task<IReadOnlyList<Connection<Project>>> GetProjectsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, Pager<ProjectsDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync(clientIds, db => db.Projects, p => p.ClientId, ByName, paging, cancellationToken);
}

[ExtendObjectType("Dashboard")]
internal static class DashboardProjects
{
    /// <summary>Approved and not yet on an invoice.</summary>
    public static Task<int> GetPendingTicketsAsync([Parent] IHasId dashboard, ProjectsDb db, CancellationToken cancellationToken) =>
        db.Tickets.CountAsync(t => t.ClientId == dashboard.Id && t.Status == TicketStatus.Approved && t.InvoiceId == null, cancellationToken);

    public static Task<int> GetActiveProjectsAsync([Parent] IHasId dashboard, ProjectsDb db, CancellationToken cancellationToken) =>
        db.Projects.CountAsync(p => p.ClientId == dashboard.Id && p.Status == ProjectStatus.Active, cancellationToken);
}
