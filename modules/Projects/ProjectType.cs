using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Projects;

[ObjectType<Project>]
[Node]
internal static class ProjectType
{
    private static readonly Keyset<Ticket> NewestTickets = new Keyset<Ticket>().Of(t => t.ProjectId).Descending(t => t.SortedOn).Descending(t => t.Id);

    [ID]
    public static Guid GetId([Parent] Project project) => project.Id;

    public static string GetName([Parent] Project project) => project.Name;

    public static string? GetDescription([Parent] Project project) => project.Description;

    public static ProjectStatus GetStatus([Parent] Project project) => project.Status;

    /// <summary>0 to 100.</summary>
    public static int GetProgress([Parent] Project project) => project.Progress;

    public static DateOnly? GetStartsOn([Parent] Project project) => project.StartsOn;

    public static DateOnly? GetDueOn([Parent] Project project) => project.DueOn;

    [ForwardOnly]
    public static Task<IReadOnlyList<Connection<Ticket>>> GetTicketsAsync([Parent] IReadOnlyList<Project> projects, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync([.. projects.Select(p => p.Id)], NewestTickets, new(), paging, cancellationToken);

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<string?>> GetInternalNoteAsync([Parent] IReadOnlyList<Project> projects, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new string?[projects.Count];
        }

        return [.. (await sql.ByIdAsync<ProjectForStaff>([.. projects.Select(p => p.Id)], p => p.Id, cancellationToken)).Select(p => p?.InternalNote)];
    }

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<Money?>> GetBudgetAsync([Parent] IReadOnlyList<Project> projects, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new Money?[projects.Count];
        }

        var ids = projects.Select(p => p.Id).ToArray();
        var budgets = (await sql.RowsAsync<ProjectForStaff>($"where id = any({ids}) and internal_budget is not null", cancellationToken))
            .ToDictionary(p => p.Id, p => Money.FromMinorUnits(p.InternalBudget!.Value, p.Currency)); // none without a budget is read
        return [.. projects.Select(p => budgets.GetValueOrDefault(p.Id))];
    }

    /// <summary>Staff only: who works on the project's tickets.</summary>
    [NodeType("StaffMember")]
    public static async Task<IReadOnlyList<IReadOnlyList<NodeRef>?>> GetMembersAsync([Parent] IReadOnlyList<Project> projects, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new IReadOnlyList<NodeRef>?[projects.Count];
        }

        var ids = projects.Select(p => p.Id).ToArray();
        var members = (await sql.QueryAsync(
            $"select distinct project_id, internal_assignee_id from projects.ticket where project_id = any({ids}) and internal_assignee_id is not null order by internal_assignee_id",
            r => (Project: r.GetGuid(0), Member: r.GetGuid(1)), cancellationToken)).ToLookup(m => m.Project, m => new NodeRef(m.Member));
        return [.. projects.Select(p => members[p.Id].ToArray())];
    }

    [NodeResolver]
    public static Task<IReadOnlyList<Project?>> GetProjectsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Project>(ids, p => p.Id, cancellationToken);
}
