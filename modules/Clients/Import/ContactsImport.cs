using System.Runtime.InteropServices;
using ClientPortal.Platform.Import;

namespace ClientPortal.Clients.Import;

/// <summary>
/// contacts.csv. A contact is known by client and address, or by name without one; where several are alike, as many as the file
/// has are there in the end. What a contact of the portal may see stays as staff decided: only new ones get the file's settings.
/// </summary>
internal sealed class ContactsImport : IImportStep
{
    private static readonly (string Column, string Kind)[] Visibilities =
        [("invoices", "INVOICE"), ("tickets", "TICKET"), ("projects", "PROJECT"), ("events", "EVENT")];

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("contacts.csv", "client_number", "name", "email", "job_title", "invoices", "tickets", "projects", "events", "notify_invoices");
        var clients = context.Known<KnownClient>();
        await clients.LoadAsync(file.Values("client_number", cancellationToken), cancellationToken);

        var contacts = context.NewRows("clients.contact", "id", "client_id", "name", "email", "recipient_key", "sign_in_key", "job_title");
        var visibilities = context.NewRows("clients.visibility", "client_id", "contact_id", "kind", "level", "notify");
        var seen = new Dictionary<(Guid Client, string Key), int>();
        foreach (var row in file.Rows(cancellationToken))
        {
            var client = row.Reference("client_number", clients);
            var name = row.Text("name", 200);
            var email = row.OptionalEmail("email");
            var jobTitle = row.OptionalText("job_title", 200);
            string[] levels = [.. Visibilities.Select(v => row.Choice(v.Column, "none", "addressed", "all"))];
            var notify = row.Flag("notify_invoices");
            if (client is null)
            {
                continue;
            }

            var key = email?.SignInKey ?? ' ' + name;
            if (!row.IsValid)
            {
                client.Excuse(key);
                continue;
            }

            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, (client.Id, key), out _);
            if (++count <= client.ContactsOf(key).Count)
            {
                file.Present++;
                continue;
            }

            var id = Guid.CreateVersion7();
            client.AddContact(key, id);
            await contacts.AddAsync([id, client.Id, name, email?.Text, email?.RecipientKey, email?.SignInKey, jobTitle], cancellationToken);
            for (var i = 0; i < levels.Length; i++)
            {
                var (_, kind) = Visibilities[i];
                await visibilities.AddAsync([client.Id, id, kind, levels[i], kind == "INVOICE" && notify], cancellationToken);
            }

            file.Added++;
        }

        await contacts.InsertAsync(cancellationToken);
        await visibilities.InsertAsync(cancellationToken);
        context.Share(new NewAddressees(context.NewRows("clients.addressee", "client_id", "contact_id", "kind", "record_id")));
    }
}
