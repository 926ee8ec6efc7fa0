using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Platform.Database;

namespace ClientPortal.Projects;

internal enum TicketStatus
{
    Draft,
    Submitted,
    Approved,
    Invoiced,
    Rejected,
}

[Table("ticket", Schema = "projects")]
[RecordKind("TICKET")]
internal sealed class Ticket
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public Guid? ProjectId { get; private set; }

    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string? Description { get; private set; }

    public TicketStatus Status { get; private set; }

    public DateOnly? WorkedOn { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    public decimal? Hours { get; private set; }

    public Guid? InvoiceId { get; private set; }

    public DateOnly SortedOn { get; private set; }
}

// Columns of the same table that contacts may not select. The cost is in whole minor units.
[Table("ticket", Schema = "projects")]
internal sealed class TicketForStaff
{
    public Guid Id { get; private set; }

    public string Currency { get; private set; } = "";

    public long? InternalCost { get; private set; }

    public Guid? InternalAssigneeId { get; private set; }
}
