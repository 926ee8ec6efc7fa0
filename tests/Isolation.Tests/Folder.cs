using System.Text;
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

    /// <summary>Everything that a client has, published or not.</summary>
    public IEnumerable<string> RecordsOf(string client) =>
    [
        .. InvoicesByClient[client].SelectMany(i => PaymentsByInvoice[i["number"]].Select(Records.Payment).Prepend(Records.Invoice(i))),
        .. TicketsByClient[client].Select(Records.Ticket),
        .. ProjectsByClient[client].Select(Records.Project),
        .. EventsByClient[client].Select(Records.Event),
    ];

    private static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "src", "Host", "Demo", file)).Select(Fields).ToList();
        return [.. lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(f => f.First, f => f.Second))];
    }

    // RFC 4180 without line breaks inside fields: the demo data has none.
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[++i]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
