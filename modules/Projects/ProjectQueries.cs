using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Projects;

[ExtendObjectType("Portal")]
internal static class PortalProjects
{
    public static async Task<Connection<Project>> GetProjectsAsync([Parent] IHasId portal, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        (await ClientProjects.GetProjectsAsync([portal.Id], paging, sql, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientProjects
{
    private static readonly Keyset<Project> ByName = new Keyset<Project>().Of(p => p.ClientId).Ascending(p => p.Name).Ascending(p => p.Id);

    public static Task<IReadOnlyList<Connection<Project>>> GetProjectsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync(clientIds, ByName, new(), paging, cancellationToken);
}

[ExtendObjectType("Dashboard")]
internal static class DashboardProjects
{
    /// <summary>Approved and not yet on an invoice.</summary>
    public static Task<int> GetPendingTicketsAsync([Parent] IHasId dashboard, Statements sql, CancellationToken cancellationToken) =>
        CountAsync($"{Row<Ticket>.Table} where client_id = {dashboard.Id} and status = 'APPROVED' and invoice_id is null", sql, cancellationToken);

    public static Task<int> GetActiveProjectsAsync([Parent] IHasId dashboard, Statements sql, CancellationToken cancellationToken) =>
        CountAsync($"{Row<Project>.Table} where client_id = {dashboard.Id} and status = 'ACTIVE'", sql, cancellationToken);

    private static async Task<int> CountAsync(FormattableString from, Statements sql, CancellationToken cancellationToken) =>
        (await sql.QueryAsync($"select count(*)::int from {from}", r => r.GetInt32(0), cancellationToken))[0];
}
