using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Billing;

[ObjectType<Invoice>]
[Node]
internal static class InvoiceType
{
    [ID]
    public static Guid GetId([Parent] Invoice invoice) => invoice.Id;

    public static string GetNumber([Parent] Invoice invoice) => invoice.Number;

    public static InvoiceStatus GetStatus([Parent] Invoice invoice) => invoice.Status;

    public static DateOnly? GetIssuedOn([Parent] Invoice invoice) => invoice.IssuedOn;

    public static DateOnly? GetDueOn([Parent] Invoice invoice) => invoice.DueOn;

    public static Money GetSubtotal([Parent] Invoice invoice) => Money.FromMinorUnits(invoice.Subtotal, invoice.Currency);

    public static Money GetTax([Parent] Invoice invoice) => Money.FromMinorUnits(invoice.Tax, invoice.Currency);

    public static Money GetTotal([Parent] Invoice invoice) => Money.FromMinorUnits(invoice.Total, invoice.Currency);

    public static Money GetPaid([Parent] Invoice invoice) => Money.FromMinorUnits(invoice.Paid, invoice.Currency);

    /// <summary>Total less paid; negative when too much was paid, zero when void.</summary>
    public static Money GetBalance([Parent] Invoice invoice) => Money.FromMinorUnits(invoice.Balance, invoice.Currency);

    public static async Task<IReadOnlyList<IReadOnlyList<InvoiceLine>>> GetLinesAsync([Parent] IReadOnlyList<Invoice> invoices, Statements sql, CancellationToken cancellationToken)
    {
        var ids = invoices.Select(i => i.Id).ToArray();
        var lines = (await sql.RowsAsync<InvoiceLine>($"where invoice_id = any({ids}) order by invoice_id, position", cancellationToken)).ToLookup(l => l.InvoiceId);
        return [.. invoices.Select(i => lines[i.Id].Select(l => l.In(i.Currency)).ToArray())];
    }

    public static async Task<IReadOnlyList<IReadOnlyList<Payment>>> GetPaymentsAsync([Parent] IReadOnlyList<Invoice> invoices, Statements sql, CancellationToken cancellationToken)
    {
        var ids = invoices.Select(i => i.Id).ToArray();
        var payments = (await sql.RowsAsync<Payment>($"where invoice_id = any({ids}) order by received_on, id", cancellationToken)).ToLookup(p => p.InvoiceId);
        return [.. invoices.Select(i => payments[i.Id].Select(p => p.Of(i)).ToArray())];
    }

    public static string? GetPublicNote([Parent] Invoice invoice) => invoice.PublicNote;

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<string?>> GetInternalNoteAsync([Parent] IReadOnlyList<Invoice> invoices, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new string?[invoices.Count];
        }

        return [.. (await sql.ByIdAsync<InvoiceForStaff>([.. invoices.Select(i => i.Id)], i => i.Id, cancellationToken)).Select(i => i?.InternalNote)];
    }

    /// <summary>Staff only: to whom the invoice is addressed. Empty for contacts.</summary>
    [NodeType("Contact")]
    public static async Task<IReadOnlyList<IReadOnlyList<NodeRef>>> GetAddresseesAsync([Parent] IReadOnlyList<Invoice> invoices, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return [.. invoices.Select(_ => Array.Empty<NodeRef>())];
        }

        var ids = invoices.Select(i => i.Id).ToArray();
        var addressees = (await sql.RowsAsync<Addressee>($"where kind = 'INVOICE' and record_id = any({ids}) order by contact_id", cancellationToken)).ToLookup(a => a.RecordId);
        return [.. invoices.Select(i => addressees[i.Id].Select(a => new NodeRef(a.ContactId)).ToArray())];
    }

    [NodeResolver]
    public static Task<IReadOnlyList<Invoice?>> GetInvoicesByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Invoice>(ids, i => i.Id, cancellationToken);
}
