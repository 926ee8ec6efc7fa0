using System.Text.Json;
using ClientPortal.Platform.Database;

namespace ClientPortal.Platform.Asking;

/// <summary>What <c>ctx.asker</c> tells of a session.</summary>
internal sealed record ToldAsker(
    Guid SessionId, Guid PersonId, string MemberType, string Name, string Email, string[] Permissions, Guid? LastContactId, ToldMembership[] Memberships)
{
    public static ToldAsker Read(string json) => JsonSerializer.Deserialize<ToldAsker>(json, JsonSerializerOptions.Web)!; // an object, by the function

    public Asker ToAsker(string token, byte[] digest) => new(
        token, SessionId, PersonId, Stored.Value<MemberType>(MemberType), Name, Email, Permissions.Select(Stored.Value<Permission>).ToHashSet(), LastContactId,
        [.. Memberships.OrderBy(m => m.ClientName, StringComparer.Ordinal).ThenBy(m => m.ContactId)
            .Select(m => new Membership(m.ContactId, m.ClientId, m.ClientName, m.Since, new DbSession(DbRole.Contact, token, m.ContactId, m.Picked)))]) { Digest = digest };
}

/// <summary>A membership in it.</summary>
internal sealed record ToldMembership(Guid ContactId, Guid ClientId, string ClientName, DateTimeOffset Since, string Picked);
