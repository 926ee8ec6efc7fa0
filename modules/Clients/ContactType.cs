using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Clients;

[ObjectType<Contact>]
[Node]
internal static class ContactType
{
    internal static readonly Keyset<Contact> ByName = new Keyset<Contact>().Of(c => c.ClientId).Ascending(c => c.Name).Ascending(c => c.Id);

    [ID]
    public static Guid GetId([Parent] Contact contact) => contact.Id;

    [NodeType("Client")]
    public static NodeRef GetClient([Parent] Contact contact) => new(contact.ClientId);

    public static string GetName([Parent] Contact contact) => contact.Name;

    [GraphQLType("EmailAddress")]
    public static string? GetEmail([Parent] Contact contact) => contact.Email;

    public static string? GetJobTitle([Parent] Contact contact) => contact.JobTitle;

    public static async Task<IReadOnlyList<IReadOnlyList<KindAccess>>> GetAccessAsync([Parent] IReadOnlyList<Contact> contacts, Statements sql, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(c => c.Id).ToArray();
        var settings = (await sql.RowsAsync<Visibility>($"where contact_id = any({ids})", cancellationToken)).ToLookup(v => v.ContactId);
        return [.. contacts.Select(c => KindAccess.Of(settings[c.Id]))];
    }

    [NodeResolver]
    public static Task<IReadOnlyList<Contact?>> GetContactsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Contact>(ids, c => c.Id, cancellationToken);
}
