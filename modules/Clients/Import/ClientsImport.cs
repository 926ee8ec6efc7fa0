using ClientPortal.Platform.Import;

namespace ClientPortal.Clients.Import;

/// <summary>clients.csv. A client is known by its number.</summary>
internal sealed class ClientsImport : IImportStep
{
    // With each client's contacts: a contact without an address is known by its name, behind a space, which no address has.
    private const string KnownClients =
        """
        select k.number, k.id, k.currency, c.id, coalesce(c.sign_in_key, ' ' || c.name)
        from clients.client k left join clients.contact c on c.client_id = k.id
        where k.number = any ($1) order by c.id
        """;

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("clients.csv", "number", "name", "status", "internal", "currency");
        var known = context.Know<KnownClient>(file, "a client", KnownClients, static (reader, earlier) =>
        {
            var client = earlier ?? new KnownClient(reader.GetGuid(1), reader.GetString(2));
            if (!reader.IsDBNull(3))
            {
                client.AddContact(reader.GetString(4), reader.GetGuid(3));
            }

            return client;
        });
        await known.LoadAsync(file.Values("number", cancellationToken), cancellationToken);

        var clients = context.NewRows("clients.client", "id", "number", "name", "status", "internal", "currency");
        foreach (var row in file.Rows(cancellationToken))
        {
            var number = row.Key("number", 60);
            var name = row.Text("name", 200);
            var status = row.Choice("status", "active", "inactive");
            var isInternal = row.Flag("internal");
            var currency = row.Currency("currency");
            if (!row.IsValid)
            {
                known.Add(number, null);
            }
            else if (known.Find(number) is not null)
            {
                file.Present++;
            }
            else
            {
                var client = new KnownClient(Guid.CreateVersion7(), currency);
                known.Add(number, client);
                await clients.AddAsync([client.Id, number, name, status, isInternal, currency], cancellationToken);
                file.Added++;
            }
        }

        await clients.InsertAsync(cancellationToken);
    }
}
