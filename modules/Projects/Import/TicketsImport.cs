using ClientPortal.Platform.Import;

namespace ClientPortal.Projects.Import;

/// <summary>tickets.csv. A ticket is known by its number. The format does not tell when one was approved.</summary>
internal sealed class TicketsImport : IImportStep
{
    private sealed record KnownTicket(Guid ClientId);

    private const string KnownTickets = "select t.number, t.client_id from projects.ticket t where t.number = any ($1)";

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("tickets.csv", "number", "client_number", "project", "title", "status", "worked_on", "hours", "cost", "invoice_number");
        var known = context.Know<KnownTicket>(file, "a ticket", KnownTickets, static (reader, _) => new KnownTicket(reader.GetGuid(1)));
        var clients = context.Known<KnownClient>();
        var projects = context.Known<KnownProject>();
        var invoices = context.Known<KnownInvoice>();
        await known.LoadAsync(file.Values("number", cancellationToken), cancellationToken);
        await clients.LoadAsync(file.Values("client_number", cancellationToken), cancellationToken);
        await projects.LoadAsync(file.Values("project", cancellationToken), cancellationToken);
        await invoices.LoadAsync(file.Values("invoice_number", cancellationToken), cancellationToken);

        var tickets = context.NewRows(
            "projects.ticket", "id", "client_id", "project_id", "number", "title", "status", "worked_on", "hours", "currency", "internal_cost", "invoice_id");
        foreach (var row in file.Rows(cancellationToken))
        {
            var number = row.Key("number", 60);
            var earlier = known.Find(number);
            var client = row.Reference("client_number", clients);
            var project = row["project"].Length == 0 ? null : row.Reference("project", projects);
            var title = row.Text("title", 300);
            var status = row.Choice("status", "draft", "submitted", "approved", "invoiced", "rejected");
            var workedOn = row.OptionalDate("worked_on");
            var hours = row.OptionalNumber("hours", 0, 100_000);
            var cost = row.OptionalAmount("cost", earlier is null ? client?.Currency : null);
            var invoice = row["invoice_number"].Length == 0 ? null : row.Reference("invoice_number", invoices);
            if (status.Length > 0 && (status == "INVOICED") != (row["invoice_number"].Length > 0))
            {
                row.Fail("invoice_number", status == "INVOICED" ? "is empty; expected the invoice of a ticket that is invoiced" : "is set; expected none, since the ticket is not invoiced");
            }

            if (client is not null)
            {
                CheckClient(row, client, number, earlier?.ClientId, project?.ClientId, invoice?.ClientId);
            }

            if (!row.IsValid || client is null)
            {
                continue;
            }

            if (earlier is not null)
            {
                file.Present++;
                continue;
            }

            await tickets.AddAsync(
                [Guid.CreateVersion7(), client.Id, project?.Id, number, title, status, workedOn, hours, client.Currency, cost, invoice?.Id], cancellationToken);
            file.Added++;
        }

        await tickets.InsertAsync(cancellationToken);
    }

    // What one client's ticket refers to must never be another's.
    private static void CheckClient(CsvRow row, KnownClient client, string number, Guid? earlier, Guid? project, Guid? invoice)
    {
        if (earlier is not null && earlier != client.Id)
        {
            row.Fail("client_number", $"ticket {number} belongs to another client of the portal; expected that one");
        }

        if (project is not null && project != client.Id)
        {
            row.Fail("project", $"{row["project"]} is another client's; expected a project of {row["client_number"]}");
        }

        if (invoice is not null && invoice != client.Id)
        {
            row.Fail("invoice_number", $"{row["invoice_number"]} is another client's; expected an invoice of {row["client_number"]}");
        }
    }
}
