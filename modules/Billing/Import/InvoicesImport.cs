using ClientPortal.Platform;
using ClientPortal.Platform.Import;

namespace ClientPortal.Billing.Import;

/// <summary>invoices.csv and invoice_lines.csv. An invoice is known by its number; its lines come and stay with it.</summary>
internal sealed class InvoicesImport : IImportStep
{
    private const int LongestNote = 10_000;

    private const string KnownInvoices =
        "select i.number, i.id, i.client_id, i.currency, i.total from billing.invoice i where i.number = any ($1)";

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("invoices.csv", "number", "client_number", "status", "issued_on", "due_on", "currency", "public_note", "internal_note", "addressees");
        var lineFile = context.Open("invoice_lines.csv", "invoice_number", "position", "description", "quantity", "unit_price", "tax_rate");
        var known = context.Know<KnownInvoice>(file, "an invoice", KnownInvoices, static (reader, _) =>
            new KnownInvoice(reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3)) { Total = reader.GetInt64(4) });
        await known.LoadAsync(file.Values("number", cancellationToken), cancellationToken);
        await context.Known<KnownClient>().LoadAsync(file.Values("client_number", cancellationToken), cancellationToken);
        await known.LoadAsync(lineFile.Values("invoice_number", cancellationToken), cancellationToken);

        var invoices = ReadInvoices(context, file, known, cancellationToken);
        var lines = await ReadLinesAsync(context, lineFile, known, invoices, cancellationToken);
        await InsertAsync(context, file, invoices, lines, cancellationToken);
    }

    private static Dictionary<Guid, NewInvoice> ReadInvoices(ImportContext context, CsvFile file, Known<KnownInvoice> known, CancellationToken cancellationToken)
    {
        var clients = context.Known<KnownClient>();
        var invoices = new Dictionary<Guid, NewInvoice>();
        foreach (var row in file.Rows(cancellationToken))
        {
            var number = row.Key("number", 60);
            var client = row.Reference("client_number", clients);
            var status = row.Choice("status", "draft", "issued", "void");
            var issuedOn = row.OptionalDate("issued_on");
            var dueOn = row.OptionalDate("due_on");
            var currency = row.Currency("currency");
            var publicNote = row.Note("public_note", LongestNote);
            var internalNote = row.Note("internal_note", LongestNote);
            var emails = Addresses(row);
            if (status is "ISSUED" or "VOID" && row["issued_on"].Length == 0)
            {
                row.Fail("issued_on", "is empty; expected a date, since only drafts have none");
            }

            if (dueOn < issuedOn)
            {
                row.Fail("due_on", "is before issued_on; expected the same day or a later one");
            }

            var earlier = known.Find(number);
            if (client is not null && earlier is not null && earlier.ClientId != client.Id)
            {
                row.Fail("client_number", $"invoice {number} belongs to another client of the portal; expected that one");
            }

            var addressees = client is null || earlier is not null ? [] : Addressees(context, row, client, emails);
            if (!row.IsValid)
            {
                known.Add(number, null);
            }
            else if (earlier is not null)
            {
                file.Present++;
            }
            else
            {
                var invoice = new KnownInvoice(Guid.CreateVersion7(), client!.Id, currency); // valid, so the client was found
                known.Add(number, invoice);
                invoices.Add(invoice.Id, new NewInvoice
                {
                    Known = invoice, Line = row.Line, Number = number, Status = status, IssuedOn = issuedOn, DueOn = dueOn,
                    PublicNote = publicNote, InternalNote = internalNote, Addressees = addressees,
                });
            }
        }

        return invoices;
    }

    private static List<EmailAddress> Addresses(CsvRow row)
    {
        var emails = new List<EmailAddress>();
        foreach (var text in row["addressees"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (row.Email("addressees", text) is { } email)
            {
                emails.Add(email);
            }
        }

        return emails;
    }

    private static HashSet<Guid> Addressees(ImportContext context, CsvRow row, KnownClient client, List<EmailAddress> emails)
    {
        var ids = new HashSet<Guid>();
        foreach (var email in emails)
        {
            var contacts = client.ContactsOf(email.SignInKey);
            ids.UnionWith(contacts);
            if (contacts.Count == 0 && !client.IsExcused(email.SignInKey) && context.CouldRead("contacts.csv"))
            {
                row.Fail("addressees", $"{email.Text} is no contact of client {row["client_number"]}; expected one of its contacts' addresses");
            }
        }

        return ids;
    }

    private static async Task<NewRows> ReadLinesAsync(
        ImportContext context, CsvFile file, Known<KnownInvoice> known, Dictionary<Guid, NewInvoice> invoices, CancellationToken cancellationToken)
    {
        var lines = context.NewRows("billing.invoice_line", "client_id", "invoice_id", "position", "description", "quantity", "unit_price", "tax_rate", "amount");
        var positions = new HashSet<(Guid Invoice, int Position)>();
        foreach (var row in file.Rows(cancellationToken))
        {
            var invoice = row.Reference("invoice_number", known);
            var position = row.WholeNumber("position", 1, 1_000_000);
            var description = row.OptionalText("description", 2_000) ?? "";
            var quantity = row.Number("quantity");
            var taxRate = row.Number("tax_rate", 0, 100);
            if (invoice is not null && row.IsValid && !positions.Add((invoice.Id, position)))
            {
                row.Fail("position", $"\"{position}\" is there twice for invoice {row["invoice_number"]}; expected each once");
            }

            if (invoice is not null && !invoices.ContainsKey(invoice.Id))
            {
                file.Present++;
                continue;
            }

            var unitPrice = row.Amount("unit_price", invoice?.Currency, negative: true);
            var amount = row.FitMinorUnits("quantity", quantity * unitPrice);
            if (row.IsValid && invoice is not null)
            {
                invoices[invoice.Id].AddLine(taxRate, amount);
                await lines.AddAsync([invoice.ClientId, invoice.Id, position, description, quantity, unitPrice, taxRate, amount], cancellationToken);
                file.Added++;
            }
        }

        return lines;
    }

    private static async Task InsertAsync(
        ImportContext context, CsvFile file, Dictionary<Guid, NewInvoice> invoices, NewRows lines, CancellationToken cancellationToken)
    {
        var rows = context.NewRows(
            "billing.invoice", "id", "client_id", "number", "status", "issued_on", "due_on", "currency", "subtotal", "tax", "public_note", "internal_note");
        var addressees = context.Shared<NewAddressees>();
        foreach (var invoice in invoices.Values)
        {
            var (subtotal, tax) = (invoice.Subtotal, invoice.Tax);
            if (Math.Max(Math.Abs(subtotal), Math.Abs(subtotal + tax)) > CsvRow.LargestAmount)
            {
                file.Fail(invoice.Line, "number", $"the lines of {invoice.Number} sum up to more than {CsvRow.LargestAmount} minor units; expected less");
                continue;
            }

            invoice.Known.Total = (long)(subtotal + tax);
            await rows.AddAsync(
                [invoice.Known.Id, invoice.Known.ClientId, invoice.Number, invoice.Status, invoice.IssuedOn, invoice.DueOn, invoice.Known.Currency,
                    (long)subtotal, (long)tax, invoice.PublicNote, invoice.InternalNote],
                cancellationToken);
            foreach (var contact in invoice.Addressees)
            {
                await addressees.AddAsync(invoice.Known.ClientId, contact, "INVOICE", invoice.Known.Id, cancellationToken);
            }

            file.Added++;
        }

        await rows.InsertAsync(cancellationToken);
        await lines.InsertAsync(cancellationToken);
        await addressees.InsertAsync(cancellationToken);
    }
}
