using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Platform.Database;

namespace ClientPortal.Calendar;

internal enum EventKind
{
    Meeting,
    Milestone,
    Deadline,
    Other,
}

[Table("event", Schema = "calendar")]
[RecordKind("EVENT")]
internal sealed class Event
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public Guid? ProjectId { get; private set; }

    public EventKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string? Description { get; private set; }

    public string? Location { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public bool AllDay { get; private set; }
}

// Columns of the same table that contacts may not select.
[Table("event", Schema = "calendar")]
internal sealed class EventForStaff
{
    public Guid Id { get; private set; }

    public bool Shared { get; private set; }
}
