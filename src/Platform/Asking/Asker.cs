using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Platform.Asking;

/// <summary>A client whose portal the person may open, and the contact they are there. What is read beneath it is read as that contact.</summary>
public sealed record Membership(Guid ContactId, Guid ClientId, string ClientName, DateTimeOffset Since, DbSession Session) : IScopeBoundary
{
    object IScopeBoundary.Scope => Session;
}

/// <summary>Who is asking: the person behind a live session, read afresh for every request.</summary>
public sealed record Asker(
    string Token, Guid SessionId, Guid PersonId, MemberType MemberType, string Name, string Email,
    IReadOnlySet<Permission> Permissions, Guid? LastContactId, IReadOnlyList<Membership> Memberships) : IScopeBoundary
{
    /// <summary>The membership used last, else the first; null for staff and for people without portal access.</summary>
    public Membership? DefaultMembership => Memberships.FirstOrDefault(m => m.ContactId == LastContactId) ?? (Memberships.Count > 0 ? Memberships[0] : null);

    /// <summary>The rights under which a request reads outside of any portal.</summary>
    public DbSession Session => MemberType == MemberType.Staff ? new(DbRole.Staff, Token) : DefaultMembership?.Session ?? new(DbRole.Contact, Token);

    object IScopeBoundary.Scope => Session;
}
