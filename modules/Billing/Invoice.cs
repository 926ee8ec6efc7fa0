using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Platform.Database;

namespace ClientPortal.Billing;

/// <summary>OVERDUE is derived: issued, unpaid and past its due date. The portal never shows DRAFT.</summary>
internal enum InvoiceStatus
{
    Draft,
    Issued,
    PartiallyPaid,
    Paid,
    Overdue,
    Void,
}

// An invoice as it stands today: status and balance are derived in the database. Amounts are whole minor units.
[Table("invoice_today", Schema = "billing")]
[RecordKind("INVOICE")]
internal sealed class Invoice
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public string Number { get; private set; } = "";

    public InvoiceStatus Status { get; private set; }

    public DateOnly? IssuedOn { get; private set; }

    public DateOnly? DueOn { get; private set; }

    public string Currency { get; private set; } = "";

    public long Subtotal { get; private set; }

    public long Tax { get; private set; }

    public long Total { get; private set; }

    public long Paid { get; private set; }

    public long Balance { get; private set; }

    // Issued and not fully paid, whether overdue or not.
    public bool Owed { get; private set; }

    public string? PublicNote { get; private set; }

    public DateOnly SortedOn { get; private set; }
}

// Columns of the same table that contacts may not select.
[Table("invoice", Schema = "billing")]
internal sealed class InvoiceForStaff
{
    public Guid Id { get; private set; }

    public string? InternalNote { get; private set; }
}

// To whom a record is addressed, as the Clients module keeps it.
[Table("addressee", Schema = "clients")]
internal sealed class Addressee
{
    public Guid ContactId { get; private set; }

    public string Kind { get; private set; } = "";

    public Guid RecordId { get; private set; }
}
