using ClientPortal.GraphQL;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Clients;

[ObjectType<Contact>]
[Node]
internal static class ContactType
{
    internal static readonly Keyset<Contact> ByName = new Keyset<Contact>().Ascending(c => c.Name).Ascending(c => c.Id);

    [ID]
    public static Guid GetId([Parent] Contact contact) => contact.Id;

    [NodeType("Client")]
    public static NodeRef GetClient([Parent] Contact contact) => new(contact.ClientId);

    public static string GetName([Parent] Contact contact) => contact.Name;

    [GraphQLType("EmailAddress")]
    public static string? GetEmail([Parent] Contact contact) => contact.Email;

    public static string? GetJobTitle([Parent] Contact contact) => contact.JobTitle;

    public static async Task<IReadOnlyList<IReadOnlyList<KindAccess>>> GetAccessAsync([Parent] IReadOnlyList<Contact> contacts, ClientsDb db, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(c => c.Id).ToArray();
        var settings = (await db.Visibilities.Where(v => ids.Contains(v.ContactId)).ToListAsync(cancellationToken)).ToLookup(v => v.ContactId);
        return [.. contacts.Select(c => KindAccess.Of(settings[c.Id]))];
    }

    [NodeResolver]
    public static async Task<IReadOnlyList<Contact?>> GetContactsByIdAsync(IReadOnlyList<Guid> ids, ClientsDb db, CancellationToken cancellationToken)
    {
        var contacts = await db.Contacts.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return [.. ids.Select(contacts.GetValueOrDefault)];
    }
}
