using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientPortal.Projects;

[ObjectType<Project>]
[Node]
internal static class ProjectType
{
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
    public static Task<IReadOnlyList<Connection<Ticket>>> GetTicketsAsync([Parent] IReadOnlyList<Project> projects, PagingArguments paging, Pager<ProjectsDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync([.. projects.Select(p => p.Id)], db => db.Tickets, t => t.ProjectId!.Value, TicketType.Newest, paging, cancellationToken); // in SQL, null equals no project

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<string?>> GetInternalNoteAsync([Parent] IReadOnlyList<Project> projects, DbSession session, ProjectsDb db, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new string?[projects.Count];
        }

        var ids = projects.Select(p => p.Id).ToArray();
        var notes = await db.ProjectsForStaff.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.InternalNote, cancellationToken);
        return [.. projects.Select(p => notes.GetValueOrDefault(p.Id))];
    }

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<Money?>> GetBudgetAsync([Parent] IReadOnlyList<Project> projects, DbSession session, ProjectsDb db, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new Money?[projects.Count];
        }

        var ids = projects.Select(p => p.Id).ToArray();
        var budgets = await db.ProjectsForStaff.Where(p => ids.Contains(p.Id) && p.InternalBudget != null)
            .ToDictionaryAsync(p => p.Id, p => Money.FromMinorUnits(p.InternalBudget!.Value, p.Currency), cancellationToken); // none without a budget is read
        return [.. projects.Select(p => budgets.GetValueOrDefault(p.Id))];
    }

    /// <summary>Staff only: who works on the project's tickets.</summary>
    [NodeType("StaffMember")]
    public static async Task<IReadOnlyList<IReadOnlyList<NodeRef>?>> GetMembersAsync([Parent] IReadOnlyList<Project> projects, DbSession session, ProjectsDb db, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new IReadOnlyList<NodeRef>?[projects.Count];
        }

        var ids = projects.Select(p => p.Id).ToArray();
        var members = (await db.TicketsForStaff
            .Where(t => ids.Contains(t.ProjectId!.Value) && t.InternalAssigneeId != null)
            .Select(t => new { t.ProjectId, t.InternalAssigneeId })
            .Distinct()
            .OrderBy(m => m.InternalAssigneeId)
            .ToListAsync(cancellationToken)).ToLookup(m => m.ProjectId, m => new NodeRef(m.InternalAssigneeId!.Value)); // both are filtered above
        return [.. projects.Select(p => members[p.Id].ToArray())];
    }

    [NodeResolver]
    public static async Task<IReadOnlyList<Project?>> GetProjectsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken)
    {
        var projects = (await sql.RowsAsync<Project>("projects.project where id = any($1)", cancellationToken, new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] })).ToDictionary(p => p.Id);
        return [.. ids.Select(projects.GetValueOrDefault)];
    }
}
