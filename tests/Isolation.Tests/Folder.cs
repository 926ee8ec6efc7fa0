using System.Globalization;
using CsvHelper;
using ClientPortal.Testing;

namespace ClientPortal.Isolation.Tests;

/// <summary>The demo data as its files say it, read without any of the portal's own code.</summary>
internal sealed class Folder
{
    public required IReadOnlyList<Dictionary<string, string>> Clients { get; init; }

    public required IReadOnlyList<Dictionary<string, string>> Contacts { get; init; }

    public required ILookup<string, Dictionary<string, string>> InvoicesByClient { get; init; }

    public required ILookup<string, Dictionary<string, string>> LinesByInvoice { get; init; }

    public required ILookup<string, Dictionary<string, string>> PaymentsByInvoice { get; init; }

    public required ILookup<string, Dictionary<string, string>> TicketsByClient { get; init; }

    public required ILookup<string, Dictionary<string, string>> ProjectsByClient { get; init; }

    public required ILookup<string, Dictionary<string, string>> EventsByClient { get; init; }

    public static Folder Read() => new()
    {
        Clients = Rows("clients.csv"),
        Contacts = Rows("contacts.csv"),
        InvoicesByClient = Rows("invoices.csv").ToLookup(r => r["client_number"]),
        LinesByInvoice = Rows("invoice_lines.csv").ToLookup(r => r["invoice_number"]),
        PaymentsByInvoice = Rows("payments.csv").ToLookup(r => r["invoice_number"]),
        TicketsByClient = Rows("tickets.csv").ToLookup(r => r["client_number"]),
        ProjectsByClient = Rows("projects.csv").ToLookup(r => r["client_number"]),
        EventsByClient = Rows("events.csv").ToLookup(r => r["client_number"]),
    };

    private static List<Dictionary<string, string>> Rows(string file)
    {
        using var reader = new StreamReader(Path.Combine(SourceTree.Root, "src", "Host", "Demo", file));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var header = csv.HeaderRecord!; // just read
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(header.ToDictionary(name => name, name => csv.GetField(name)!)); // every column of a row is there, empty or not
        }

        return rows;
    }
}
