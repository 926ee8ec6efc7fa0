namespace ClientPortal.Isolation.Tests;

/// <summary>What was set for one contact: the model's own copy, changed beside the database's.</summary>
internal sealed class Rights
{
    public required Dictionary<string, string> Levels { get; init; }

    /// <summary>Records as <see cref="Records"/> names them, e.g. <c>INVOICE INV-1</c>.</summary>
    public HashSet<string> Addressed { get; init; } = [];

    public HashSet<string> Granted { get; } = [];

    public HashSet<string> Withheld { get; } = [];

    /// <summary>Onboarded, at a client that is active.</summary>
    public bool HasPortal => Onboarded && ClientIsActive;

    public bool Onboarded { get; set; } = true;

    public bool ClientIsActive { get; set; } = true;

    /// <summary>What the files set; kinds that they do not name are visible in full.</summary>
    public static Rights Of(Folder folder, Dictionary<string, string> contact) => new()
    {
        Levels = new[] { ("INVOICE", "invoices"), ("TICKET", "tickets"), ("PROJECT", "projects"), ("EVENT", "events") }.ToDictionary(k => k.Item1, k => contact[k.Item2].ToUpperInvariant()),
        Addressed = contact["email"].Length == 0 ? [] :
            [.. folder.InvoicesByClient[contact["client_number"]].Where(i => i["addressees"].Split(';').Contains(contact["email"])).Select(Records.Invoice)],
        ClientIsActive = folder.Clients.Single(c => c["number"] == contact["client_number"])["status"] == "active",
    };

    public bool Show(string record, bool published)
    {
        var level = Levels.GetValueOrDefault(record.Split(' ')[0], "ALL");
        return HasPortal && published && !Withheld.Contains(record) && (level == "ALL" || Granted.Contains(record) || (level == "ADDRESSED" && Addressed.Contains(record)));
    }
}
