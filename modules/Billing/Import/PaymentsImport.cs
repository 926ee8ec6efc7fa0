using ClientPortal.Platform.Import;

namespace ClientPortal.Billing.Import;

/// <summary>payments.csv. A payment is known by its number; new ones may be for invoices that the portal has already.</summary>
internal sealed class PaymentsImport : IImportStep
{
    // Payments are only looked up to see whose they are.
    private sealed record KnownPayment(Guid InvoiceId);

    private const string KnownPayments = "select p.number, p.invoice_id from billing.payment p where p.number = any ($1)";

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("payments.csv", "number", "invoice_number", "received_on", "amount", "method");
        var known = context.Know<KnownPayment>(file, "a payment", KnownPayments, static (reader, _) => new KnownPayment(reader.GetGuid(1)));
        var invoices = context.Known<KnownInvoice>();
        await known.LoadAsync(file.Values("number", cancellationToken), cancellationToken);
        await invoices.LoadAsync(file.Values("invoice_number", cancellationToken), cancellationToken);

        var payments = context.NewRows("billing.payment", "id", "client_id", "invoice_id", "number", "received_on", "amount", "method");
        foreach (var row in file.Rows(cancellationToken))
        {
            var number = row.Key("number", 60);
            var invoice = row.Reference("invoice_number", invoices);
            var receivedOn = row.Date("received_on");
            var method = row.Text("method", 100);
            var earlier = known.Find(number);
            var amount = row["amount"] == "full" ? invoice?.Total ?? 0 : row.Amount("amount", earlier is null ? invoice?.Currency : null);
            if (earlier is not null && invoice is not null && earlier.InvoiceId != invoice.Id)
            {
                row.Fail("invoice_number", $"payment {number} belongs to another invoice of the portal; expected that one");
            }

            if (!row.IsValid || invoice is null)
            {
                continue;
            }

            if (earlier is not null)
            {
                file.Present++;
                continue;
            }

            await payments.AddAsync([Guid.CreateVersion7(), invoice.ClientId, invoice.Id, number, receivedOn, amount, method], cancellationToken);
            file.Added++;
        }

        await payments.InsertAsync(cancellationToken);
    }
}
