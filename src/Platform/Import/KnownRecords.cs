namespace ClientPortal.Platform.Import;

/// <summary>A client that rows refer to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Currency">Its currency, which its projects' budgets and its tickets' costs are in.</param>
public sealed record KnownClient(Guid Id, string Currency)
{
    private readonly Dictionary<string, List<Guid>> _contacts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _excused = new(StringComparer.Ordinal);

    /// <summary>The ids of its contacts under a key, the address as sign-ins are compared: several when they share it.</summary>
    public IReadOnlyList<Guid> ContactsOf(string key) => _contacts.GetValueOrDefault(key) ?? [];

    /// <summary>Adds a contact.</summary>
    public void AddContact(string key, Guid id)
    {
        if (!_contacts.TryGetValue(key, out var ids))
        {
            _contacts.Add(key, ids = []);
        }

        ids.Add(id);
    }

    /// <summary>Says that a contact's own row is bad: whatever refers to it is not to blame.</summary>
    public void Excuse(string key) => _excused.Add(key);

    /// <summary>Whether a contact's own row is bad.</summary>
    public bool IsExcused(string key) => _excused.Contains(key);
}

/// <summary>An invoice that rows refer to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientId">Its client's.</param>
/// <param name="Currency">The currency of its amounts.</param>
public sealed record KnownInvoice(Guid Id, Guid ClientId, string Currency)
{
    /// <summary>Subtotal and tax, in minor units; known once the lines are read.</summary>
    public long Total { get; set; }
}

/// <summary>A project that rows refer to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientId">Its client's.</param>
public sealed record KnownProject(Guid Id, Guid ClientId);
