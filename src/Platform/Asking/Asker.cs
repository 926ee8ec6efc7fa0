using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Platform.Asking;

/// <summary>A client whose portal the person may open, and the contact they are there. What is read beneath it is read as that contact.</summary>
public sealed record Membership(Guid ContactId, Guid ClientId, string ClientName, DateTimeOffset Since, DbSession Session) : IScopeBoundary
{
    object IScopeBoundary.Scope => Session;
}

/// <summary>Who is asking: the person behind a live session, as the database says during every request.</summary>
public sealed record Asker(
    string Token, Guid SessionId, Guid PersonId, MemberType MemberType, string Name, string Email,
    IReadOnlySet<Permission> Permissions, Guid? LastContactId, IReadOnlyList<Membership> Memberships) : IScopeBoundary
{
    /// <summary>The SHA-256 of all this, as the database told it.</summary>
    internal byte[] Digest { get; init; } = [];

    /// <summary>Set when all this is remembered, and still to be confirmed.</summary>
    internal Assumption? Assumption { get; private init; }

    /// <summary>The same, to be confirmed by the first statement under the session.</summary>
    internal Asker Assumed()
    {
        var assumption = new Assumption(Digest);
        return this with { Assumption = assumption, Memberships = [.. Memberships.Select(m => m with { Session = m.Session with { Assumption = assumption } })] };
    }

    /// <summary>The membership used last, else the first; null for staff and for people without portal access.</summary>
    public Membership? DefaultMembership => Memberships.FirstOrDefault(m => m.ContactId == LastContactId) ?? (Memberships.Count > 0 ? Memberships[0] : null);

    /// <summary>The rights under which a request reads outside of any portal.</summary>
    public DbSession Session => MemberType == MemberType.Staff ? new(DbRole.Staff, Token) { Assumption = Assumption } : DefaultMembership?.Session ?? new(DbRole.Contact, Token) { Assumption = Assumption };

    /// <summary>Never shows the token, nor whose it is.</summary>
    public override string ToString() => $"session {SessionId}";

    object IScopeBoundary.Scope => Session;
}
