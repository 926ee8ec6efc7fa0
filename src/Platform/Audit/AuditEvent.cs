using System.ComponentModel.DataAnnotations.Schema;

namespace ClientPortal.Platform.Audit;

/// <summary>Something that somebody did. The database writes them; nothing here changes them.</summary>
[Table("event", Schema = "audit")]
internal sealed class AuditEvent
{
    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Actor { get; private set; } = "";

    public string Action { get; private set; } = "";

    public string? SubjectType { get; private set; }

    public Guid? SubjectId { get; private set; }

    public string Summary { get; private set; } = "";
}
