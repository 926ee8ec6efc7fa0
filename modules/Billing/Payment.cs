using ClientPortal.GraphQL;
using ClientPortal.Platform;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Billing;

internal sealed class Payment
{
    public Guid Id { get; private set; }

    public Guid InvoiceId { get; private set; }

    public string Number { get; private set; } = "";

    public DateOnly ReceivedOn { get; private set; }

    public long Amount { get; private set; }

    public string Method { get; private set; } = "";

    /// <summary>Always there: a payment is seen with its invoice only.</summary>
    public Invoice Invoice { get; private set; } = null!; // every query includes it or calls Of

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
    public static async Task<IReadOnlyList<Payment?>> GetPaymentsByIdAsync(IReadOnlyList<Guid> ids, BillingDb db, CancellationToken cancellationToken)
    {
        var payments = await db.Payments.Include(p => p.Invoice).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        return [.. ids.Select(payments.GetValueOrDefault)];
    }
}
