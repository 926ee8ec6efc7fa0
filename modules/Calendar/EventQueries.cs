using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Npgsql;

namespace ClientPortal.Calendar;

[ExtendObjectType("Portal")]
internal static class PortalEvents
{
    /// <summary>Events shared with the client that overlap the range: from `from` on, and before `to`.</summary>
    public static Task<Connection<Event>> GetEventsAsync([Parent] IHasId portal, DateTimeOffset? from, DateTimeOffset? to, PagingArguments paging, Pager<CalendarDb> pager, CancellationToken cancellationToken) =>
        pager.PageAsync(db => Overlapping(from?.ToUniversalTime(), to?.ToUniversalTime(), db.Events.Where(e => e.ClientId == portal.Id)), ClientEvents.ByStart, paging, cancellationToken);

    private static IQueryable<Event> Overlapping(DateTimeOffset? from, DateTimeOffset? to, IQueryable<Event> events)
    {
        if (from is { } start)
        {
            events = events.Where(e => e.EndsAt > start || e.StartsAt >= start); // an event without length overlaps where it begins
        }

        return to is { } end ? events.Where(e => e.StartsAt < end) : events;
    }
}

[ExtendObjectType("Client")]
internal static class ClientEvents
{
    internal static readonly Keyset<Event> ByStart = new Keyset<Event>().Ascending(e => e.StartsAt).Ascending(e => e.Id);

    public static Task<IReadOnlyList<Connection<Event>>> GetEventsAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, Pager<CalendarDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync(clientIds, db => db.Events, e => e.ClientId, ByStart, paging, cancellationToken);
}

[ExtendObjectType("Project")]
internal static class ProjectMilestones
{
    public static async Task<IReadOnlyList<IReadOnlyList<Event>>> GetMilestonesAsync([ParentId] IReadOnlyList<Guid> projectIds, Statements sql, CancellationToken cancellationToken)
    {
        var milestones = (await sql.RowsAsync<Event>(
            "calendar.event where project_id = any($1) and kind = 'MILESTONE' order by starts_at, id",
            cancellationToken, new NpgsqlParameter<Guid[]> { TypedValue = [.. projectIds] })).ToLookup(e => e.ProjectId);
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

        return await sql.RowsAsync<Event>(
            "calendar.event where client_id = $1 and ends_at > now() order by starts_at, id limit $2",
            cancellationToken, new NpgsqlParameter<Guid> { TypedValue = dashboard.Id }, new NpgsqlParameter<int> { TypedValue = count });
    }
}
