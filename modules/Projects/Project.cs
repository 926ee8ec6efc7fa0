using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Platform.Database;

namespace ClientPortal.Projects;

internal enum ProjectStatus
{
    Planned,
    Active,
    OnHold,
    Completed,
    Cancelled,
}

[Table("project", Schema = "projects")]
[RecordKind("PROJECT")]
internal sealed class Project
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    public ProjectStatus Status { get; private set; }

    public int Progress { get; private set; }

    public DateOnly? StartsOn { get; private set; }

    public DateOnly? DueOn { get; private set; }
}

// Columns of the same table that contacts may not select. The budget is in whole minor units.
[Table("project", Schema = "projects")]
internal sealed class ProjectForStaff
{
    public Guid Id { get; private set; }

    public string Currency { get; private set; } = "";

    public long? InternalBudget { get; private set; }

    public string? InternalNote { get; private set; }
}
