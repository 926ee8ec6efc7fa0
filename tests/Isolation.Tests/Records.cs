using System.Globalization;
using ClientPortal.GraphQL;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>Names records by what the files say of them, and knows which id in the API each name has.</summary>
internal sealed class Records
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, (string Id, Guid Key)> _ids = [];

    public static string Invoice(Dictionary<string, string> row) => $"INVOICE {row["number"]}";

    public static string Payment(Dictionary<string, string> row) => $"PAYMENT {row["number"]}";

    public static string Ticket(Dictionary<string, string> row) => $"TICKET {row["number"]}";

    public static string Project(Dictionary<string, string> row) => $"PROJECT {row["id"]}";

    public static string Event(Dictionary<string, string> row) =>
        $"EVENT {row["client_number"]} {row["title"]} {DateTimeOffset.Parse(row["starts_at"], CultureInfo.InvariantCulture):yyyy-MM-dd HH:mm}";

    public string IdOf(string name) => _ids[name].Id;

    public Guid KeyOf(string name) => _ids[name].Key;

    public string NameOf(string id) => _names[id];

    public static async Task<Records> LoadAsync(string connectionString)
    {
        var records = new Records();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            select 'Invoice', id, 'INVOICE ' || number from billing.invoice union all select 'Payment', id, 'PAYMENT ' || number from billing.payment
            union all select 'Ticket', id, 'TICKET ' || number from projects.ticket union all select 'Project', id, 'PROJECT ' || code from projects.project
            union all select 'Event', e.id, format('EVENT %s %s %s', k.number, e.title, to_char(e.starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')) from calendar.event e join clients.client k on k.id = e.client_id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (id, name) = (NodeId.Encode(reader.GetString(0), reader.GetGuid(1)), reader.GetString(2));
            records._names.Add(id, name);
            records._ids.Add(name, (id, reader.GetGuid(1)));
        }

        return records;
    }
}
