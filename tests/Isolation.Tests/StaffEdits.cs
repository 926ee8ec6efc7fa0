using System.Text.Json;
using ClientPortal.GraphQL;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>
/// Random changes of what contacts may see, each made twice: in the portal (through the API where there is a mutation, else as
/// the tables' owner would) and in the model.
/// </summary>
internal sealed class StaffEdits(OnboardedPortal portal, IReadOnlyDictionary<Somebody, Rights> rights, Random random)
{
    private static readonly string[] Kinds = ["INVOICE", "PAYMENT", "TICKET", "PROJECT", "EVENT"];
    private static readonly string[] Levels = ["NONE", "ADDRESSED", "ALL"];

    // What the presets are called, and what the page about them promises.
    private static readonly Dictionary<string, string[]> Presets = new()
    {
        ["EVERYTHING"] = Kinds, ["FINANCE"] = ["INVOICE", "PAYMENT"], ["PROJECTS_ONLY"] = ["TICKET", "PROJECT", "EVENT"], ["NOTHING"] = [],
    };

    /// <summary>Makes one change at a client.</summary>
    /// <returns>What was done, for the test's output.</returns>
    public async Task<string> MakeAsync(string client)
    {
        var contacts = rights.Keys.Where(s => s.ClientNumber == client).ToList();
        var somebody = contacts[random.Next(contacts.Count)];
        return random.Next(20) switch
        {
            < 4 => await SetLevelsAsync(somebody),
            4 => await SetPresetAsync(somebody),
            < 9 => await SetExceptionAsync(somebody),
            < 12 => await SetAddresseeAsync(somebody),
            < 15 => await PublishAsync(client),
            15 => await ChangeStatusAsync(client),
            16 => await MarkInternalAsync(client),
            17 => await ChangeAddressAsync(somebody),
            18 => await RevokeOrLetInAsync(somebody),
            _ => random.Next(3) == 0 ? await RemoveAsync(somebody) : await RevokeOrLetInAsync(somebody),
        };
    }

    private async Task<string> SetLevelsAsync(Somebody somebody)
    {
        var access = Kinds.Where(_ => random.Next(2) == 0).Append("QUOTE").Select(kind => (Kind: kind, Level: Levels[random.Next(3)])).ToList();
        await ChangeAsync("setContactAccess", new { contactId = IdOf(somebody), access = access.Select(a => new { kind = a.Kind, visibility = a.Level }) }, exists: Exists(somebody));
        foreach (var (kind, level) in access)
        {
            rights[somebody].Levels[kind] = level;
        }

        return $"{somebody.Name}: {string.Join(", ", access)}";
    }

    private async Task<string> SetPresetAsync(Somebody somebody)
    {
        var (preset, kinds) = Presets.ElementAt(random.Next(Presets.Count));
        await ChangeAsync("setContactAccess", new { contactId = IdOf(somebody), preset, access = Array.Empty<object>() }, exists: Exists(somebody));
        foreach (var kind in Kinds)
        {
            rights[somebody].Levels[kind] = kinds.Contains(kind) ? "ALL" : "NONE";
        }

        return $"{somebody.Name}: {preset}";
    }

    private async Task<string> SetExceptionAsync(Somebody somebody)
    {
        var record = AnyRecord(somebody.ClientNumber);
        var exception = new[] { "GRANTED", "WITHHELD", null }[random.Next(3)];
        await ChangeAsync("setRecordAccess", new { contactId = IdOf(somebody), recordId = portal.Records.IdOf(record), exception }, exists: Exists(somebody));
        rights[somebody].Granted.Remove(record);
        rights[somebody].Withheld.Remove(record);
        (exception == "GRANTED" ? rights[somebody].Granted : exception == "WITHHELD" ? rights[somebody].Withheld : []).Add(record);
        return $"{somebody.Name}: {record} {exception ?? "as its kind"}";
    }

    private async Task<string> SetAddresseeAsync(Somebody somebody)
    {
        var record = AnyRecord(somebody.ClientNumber);
        var remove = rights[somebody].Addressed.Contains(record);
        await ExecuteAsync(remove
            ? "delete from clients.addressee where contact_id = $1 and kind = $2 and record_id = $3"
            : "insert into clients.addressee (contact_id, kind, record_id, client_id) select id, $2, $3, client_id from clients.contact where id = $1",
            somebody.ContactId, record.Split(' ')[0], portal.Records.KeyOf(record));
        _ = remove ? rights[somebody].Addressed.Remove(record) : rights[somebody].Addressed.Add(record);
        return $"{somebody.Name}: {record} {(remove ? "no longer addressed" : "addressed")}";
    }

    private async Task<string> PublishAsync(string client)
    {
        var invoice = portal.Folder.InvoicesByClient[client].ElementAt(random.Next(portal.Folder.InvoicesByClient[client].Count()));
        var ticket = portal.Folder.TicketsByClient[client].Where(t => t["status"] != "invoiced").ElementAtOrDefault(random.Next(8));
        var happening = portal.Folder.EventsByClient[client].ElementAtOrDefault(random.Next(4));
        if (ticket is not null && random.Next(3) == 0)
        {
            ticket["status"] = ticket["status"] == "approved" ? "submitted" : "approved";
            await ExecuteAsync("update projects.ticket set status = $2 where id = $1", portal.Records.KeyOf(Records.Ticket(ticket)), ticket["status"].ToUpperInvariant());
            return $"{Records.Ticket(ticket)} {ticket["status"]}";
        }

        if (happening is not null && random.Next(2) == 0)
        {
            happening["shared"] = happening["shared"] == "true" ? "false" : "true";
            await ExecuteAsync("update calendar.event set shared = $2 where id = $1", portal.Records.KeyOf(Records.Event(happening)), happening["shared"] == "true");
            return $"{Records.Event(happening)} shared {happening["shared"]}";
        }

        invoice["status"] = invoice["status"] switch { "draft" => "issued", "issued" when random.Next(4) == 0 => "void", _ => "draft" };
        await ExecuteAsync("update billing.invoice set status = $2, issued_on = coalesce(issued_on, '2026-01-01') where id = $1", portal.Records.KeyOf(Records.Invoice(invoice)), invoice["status"].ToUpperInvariant());
        return $"{Records.Invoice(invoice)} {invoice["status"]}";
    }

    private async Task<string> ChangeStatusAsync(string client)
    {
        var active = !rights.First(r => r.Key.ClientNumber == client).Value.ClientIsActive;
        await ChangeAsync("updateClient", new { id = portal.ClientIds[client], status = active ? "ACTIVE" : "INACTIVE" });
        foreach (var (_, right) in rights.Where(r => r.Key.ClientNumber == client))
        {
            right.ClientIsActive = active;
        }

        return $"{client} {(active ? "active" : "inactive")}";
    }

    // Refused while one contact has access, and of no consequence otherwise: what they may see stays set.
    private async Task<string> MarkInternalAsync(string client)
    {
        var isFree = rights.Where(r => r.Key.ClientNumber == client).All(r => !r.Value.Onboarded);
        await ChangeAsync("updateClient", new { id = portal.ClientIds[client], @internal = true }, refusal: isFree ? null : "INTERNAL_CLIENT");
        await ChangeAsync("updateClient", new { id = portal.ClientIds[client], @internal = false });
        return $"{client} {(isFree ? "internal for a moment" : "must not be internal")}";
    }

    // Access belongs to the sign-in that accepted, and what was addressed stays addressed.
    private async Task<string> ChangeAddressAsync(Somebody somebody)
    {
        await ChangeAsync("updateContact", new { id = IdOf(somebody), email = $"moved-{random.Next():x}@example.org" }, exists: Exists(somebody));
        return $"{somebody.Name}: another address";
    }

    private async Task<string> RevokeOrLetInAsync(Somebody somebody)
    {
        if (rights[somebody].Onboarded)
        {
            await ChangeAsync("revokePortalAccess", new { contactId = IdOf(somebody) }, exists: Exists(somebody));
            rights[somebody].Onboarded = false;
            return $"{somebody.Name}: access revoked";
        }

        // What an accepted invitation leaves behind, a session among it; of a contact who was removed there is no row to change.
        await ExecuteAsync("""
            with signed_in as (update accounts.session set ended_at = null where token_hash = sha256(convert_to($2, 'UTF8')) and exists (select from invitations.invitation where contact_id = $1))
            update invitations.invitation i set status = 'ONBOARDED', detail = null, onboarded_at = now(), person_id = s.person_id
            from accounts.session s where i.contact_id = $1 and s.token_hash = sha256(convert_to($2, 'UTF8'))
            """, somebody.ContactId, OnboardedPortal.TokenOf(System.Buffers.Text.Base64Url.DecodeFromChars(somebody.Secret)));
        rights[somebody].Onboarded = Exists(somebody);
        return $"{somebody.Name}: let in again";
    }

    private async Task<string> RemoveAsync(Somebody somebody)
    {
        await ChangeAsync("removeContact", new { id = IdOf(somebody) }, exists: Exists(somebody));
        rights[somebody].Onboarded = false;
        _removed.Add(somebody);
        return $"{somebody.Name}: removed";
    }

    private readonly HashSet<Somebody> _removed = [];

    private bool Exists(Somebody somebody) => !_removed.Contains(somebody);

    private static string IdOf(Somebody somebody) => NodeId.Encode("Contact", somebody.ContactId);

    // Drafts and what is within others too.
    private string AnyRecord(string client)
    {
        var all = portal.Folder.RecordsOf(client).ToList();
        return all[random.Next(all.Count)];
    }

    private async Task ChangeAsync(string mutation, object input, bool exists = true, string? refusal = null)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var errors = (await portal.DataAsync($$"""mutation($input: {{type}}!) { {{mutation}}(input: $input) { errors { ... on Error { code } } } }""", new { input }, portal.Staff)).GetProperty(mutation).GetProperty("errors");
        Assert.Equal(exists ? refusal : "NOT_FOUND", errors.ValueKind == JsonValueKind.Null ? null : errors[0].GetProperty("code").GetString());
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(portal.Portal.Database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
