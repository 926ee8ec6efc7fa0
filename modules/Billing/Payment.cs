using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Billing;

[Table("payment", Schema = "billing")]
internal sealed class Payment
{
    public Guid Id { get; private set; }

    public Guid InvoiceId { get; private set; }

    public string Number { get; private set; } = "";

    public DateOnly ReceivedOn { get; private set; }

    public long Amount { get; private set; }

    public string Method { get; private set; } = "";

    /// <summary>Always there: a payment is seen with its invoice only.</summary>
    [NotMapped]
    public Invoice Invoice { get; private set; } = null!; // whoever reads a payment calls Of

    public Payment Of(Invoice invoice)
    {
        Invoice = invoice;
        return this;
    }
}

[ObjectType<Payment>]
[Node]
internal static class PaymentType
{
    [ID]
    public static Guid GetId([Parent] Payment payment) => payment.Id;

    public static string GetNumber([Parent] Payment payment) => payment.Number;

    public static DateOnly GetReceivedOn([Parent] Payment payment) => payment.ReceivedOn;

    public static Money GetAmount([Parent] Payment payment) => Money.FromMinorUnits(payment.Amount, payment.Invoice.Currency);

    public static string GetMethod([Parent] Payment payment) => payment.Method;

    public static Invoice GetInvoice([Parent] Payment payment) => payment.Invoice;

    [NodeResolver]
    public static async Task<IReadOnlyList<Payment?>> GetPaymentsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken)
    {
        var reading = sql.RowsAsync<Payment>($"where id = any({ids})", cancellationToken);
        var invoices = (await sql.RowsAsync<Invoice>($"where id in (select invoice_id from billing.payment where id = any({ids}))", cancellationToken)).ToDictionary(i => i.Id);
        var payments = (await reading).Where(p => invoices.ContainsKey(p.InvoiceId)).ToDictionary(p => p.Id, p => p.Of(invoices[p.InvoiceId]));
        return [.. ids.Select(payments.GetValueOrDefault)];
    }
}
