using System.Globalization;

namespace ClientPortal.Isolation.Tests;

/// <summary>
/// What one contact must see, worked out from the files alone: the rules of the portal written a second time, in another
/// language than the policies'. Records by name, sorted.
/// </summary>
internal sealed record Expected(
    IReadOnlyList<string> Invoices, IReadOnlyList<string> Payments, IReadOnlyList<string> Tickets, IReadOnlyList<string> Projects, IReadOnlyList<string> Events,
    IReadOnlyDictionary<string, decimal> Outstanding, int Paid, int Overdue, int PendingTickets, int ActiveProjects)
{
    public IEnumerable<string> Everything => Invoices.Concat(Payments).Concat(Tickets).Concat(Projects).Concat(Events);

    public static Expected Of(Folder folder, Dictionary<string, string> contact, DateOnly today) => Of(folder, contact["client_number"], Rights.Of(folder, contact), today);

    public static Expected Of(Folder folder, string client, Rights rights, DateOnly today)
    {
        var invoices = folder.InvoicesByClient[client].Where(i => rights.Show(Records.Invoice(i), i["status"] != "draft")).ToList();
        // A payment is seen with its invoice, or not at all.
        var payments = invoices.SelectMany(i => folder.PaymentsByInvoice[i["number"]]).Where(p => rights.Show(Records.Payment(p), published: true));
        var tickets = folder.TicketsByClient[client].Where(t => rights.Show(Records.Ticket(t), t["status"] is "approved" or "invoiced")).ToList();
        var projects = folder.ProjectsByClient[client].Where(p => rights.Show(Records.Project(p), published: true)).ToList();
        var events = folder.EventsByClient[client].Where(e => rights.Show(Records.Event(e), e["shared"] == "true"));
        var issued = invoices.Where(i => i["status"] == "issued").Select(i => (Invoice: i, Due: Balance(folder, i))).ToList();
        return new Expected(
            Sorted(invoices.Select(Records.Invoice)),
            Sorted(payments.Select(Records.Payment)),
            Sorted(tickets.Select(Records.Ticket)),
            Sorted(projects.Select(Records.Project)),
            Sorted(events.Select(Records.Event)),
            issued.Where(i => i.Due > 0).GroupBy(i => i.Invoice["currency"]).ToDictionary(g => g.Key, g => g.Sum(i => i.Due)),
            issued.Count(i => i.Due <= 0),
            issued.Count(i => i.Due > 0 && i.Invoice["due_on"].Length > 0 && DateOnly.Parse(i.Invoice["due_on"], CultureInfo.InvariantCulture) < today),
            tickets.Count(t => t["status"] == "approved"),
            projects.Count(p => p["status"] == "active"));
    }

    private static decimal Balance(Folder folder, Dictionary<string, string> invoice)
    {
        var digits = invoice["currency"] == "JPY" ? 0 : 2;
        var lines = folder.LinesByInvoice[invoice["number"]]
            .Select(l => (Rate: Number(l["tax_rate"]), Amount: decimal.Round(Number(l["quantity"]) * Number(l["unit_price"]), digits, MidpointRounding.ToEven))).ToList();
        var total = lines.Sum(l => l.Amount) + lines.GroupBy(l => l.Rate).Sum(g => decimal.Round(g.Sum(l => l.Amount) * g.Key / 100, digits, MidpointRounding.ToEven));
        return total - folder.PaymentsByInvoice[invoice["number"]].Sum(p => p["amount"] == "full" ? total : Number(p["amount"]));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    internal static IReadOnlyList<string> Sorted(IEnumerable<string> values) => [.. values.Order(StringComparer.Ordinal)];
}
