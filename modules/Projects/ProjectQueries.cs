using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Npgsql;

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
    public static Task<int> GetPendingTicketsAsync([Parent] IHasId dashboard, Statements sql, CancellationToken cancellationToken) =>
        CountAsync(dashboard, "projects.ticket where client_id = $1 and status = 'APPROVED' and invoice_id is null", sql, cancellationToken);

    public static Task<int> GetActiveProjectsAsync([Parent] IHasId dashboard, Statements sql, CancellationToken cancellationToken) =>
        CountAsync(dashboard, "projects.project where client_id = $1 and status = 'ACTIVE'", sql, cancellationToken);

    private static async Task<int> CountAsync(IHasId dashboard, string from, Statements sql, CancellationToken cancellationToken) =>
        (await sql.QueryAsync($"select count(*)::int from {from}", r => r.GetInt32(0), cancellationToken, new NpgsqlParameter<Guid> { TypedValue = dashboard.Id }))[0];
}
