using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Calendar;

[ExtendObjectType("Portal")]
internal static class PortalEvents
{
    /// <summary>Events shared with the client that overlap the range: from `from` on, and before `to`.</summary>
    public static async Task<Connection<Event>> GetEventsAsync([Parent] IHasId portal, DateTimeOffset? from, DateTimeOffset? to, PagingArguments paging, Statements sql, CancellationToken cancellationToken)
    {
        var where = new Conditions();
        if (from is { } start)
        {
            where.Add($"ends_at > {start} or starts_at >= {start}"); // an event without length overlaps where it begins
        }

        if (to is { } end)
        {
            where.Add($"starts_at < {end}");
        }

        return (await sql.PagesAsync([portal.Id], ClientEvents.ByStart, where, paging, cancellationToken))[0];
    }
}

[ExtendObjectType("Client")]
internal static class ClientEvents
{
    internal static readonly Keyset<Event> ByStart = new Keyset<Event>().Of(e => e.ClientId).Ascending(e => e.StartsAt).Ascending(e => e.Id);

    public static Task<IReadOnlyList<Connection<Event>>> GetEventsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync(clientIds, ByStart, new(), paging, cancellationToken);
}

[ExtendObjectType("Project")]
internal static class ProjectMilestones
{
    public static async Task<IReadOnlyList<IReadOnlyList<Event>>> GetMilestonesAsync([ParentId] IReadOnlyList<Guid> projectIds, Statements sql, CancellationToken cancellationToken)
    {
        var milestones = (await sql.RowsAsync<Event>($"where project_id = any({projectIds}) and kind = 'MILESTONE' order by starts_at, id", cancellationToken)).ToLookup(e => e.ProjectId);
        return [.. projectIds.Select(id => milestones[id].ToArray())];
    }
}

[ExtendObjectType("Dashboard")]
internal static class DashboardEvents
{
    /// <summary>Events that are not over yet, the next one first; at most 100.</summary>
    public static async Task<IReadOnlyList<Event>> GetNextEventsAsync([Parent] IHasId dashboard, [DefaultValue("5")] int? first, Statements sql, CancellationToken cancellationToken)
    {
        var count = first ?? 5;
        if (count is < 0 or > PagingArguments.MaxPageSize)
        {
            throw new GraphQLException($"nextEvents: first must be between 0 and {PagingArguments.MaxPageSize}.", "BAD_USER_INPUT");
        }

        return await sql.RowsAsync<Event>($"where client_id = {dashboard.Id} and ends_at > now() order by starts_at, id limit {count}", cancellationToken);
    }
}
