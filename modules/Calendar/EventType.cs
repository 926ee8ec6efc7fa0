using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Calendar;

[ObjectType<Event>]
[Node]
internal static class EventType
{
    [ID]
    public static Guid GetId([Parent] Event e) => e.Id;

    public static EventKind GetKind([Parent] Event e) => e.Kind;

    public static string GetTitle([Parent] Event e) => e.Title;

    public static string? GetDescription([Parent] Event e) => e.Description;

    public static string? GetLocation([Parent] Event e) => e.Location;

    public static DateTimeOffset GetStartsAt([Parent] Event e) => e.StartsAt;

    public static DateTimeOffset GetEndsAt([Parent] Event e) => e.EndsAt;

    public static bool GetAllDay([Parent] Event e) => e.AllDay;

    /// <summary>Null, too, when the viewer may not see it.</summary>
    [NodeType("Project")]
    public static NodeRef? GetProject([Parent] Event e) => e.ProjectId is { } id ? new NodeRef(id) : null;

    /// <summary>Staff only: whether the client's portal shows it.</summary>
    public static async Task<IReadOnlyList<bool?>> GetSharedAsync([Parent] IReadOnlyList<Event> events, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new bool?[events.Count];
        }

        return [.. (await sql.ByIdAsync<EventForStaff>([.. events.Select(e => e.Id)], e => e.Id, cancellationToken)).Select(e => e?.Shared)];
    }

    [NodeResolver]
    public static Task<IReadOnlyList<Event?>> GetEventsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Event>(ids, e => e.Id, cancellationToken);
}
