using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Clients;

internal sealed record ContactFilter(string? Search = null, [property: ID("Client")] Guid? ClientId = null, InvitationStatus? Status = null, InvitationDetail? Detail = null);

[QueryType]
internal static class ContactQueries
{
    [Staff]
    public static Task<Connection<Contact>> GetContactsAsync(PagingArguments paging, ContactFilter? filter, Pager<ClientsDb> pager, CancellationToken cancellationToken) =>
        pager.PageAsync(db => Matching(db, filter ?? new ContactFilter()), ContactType.ByName, paging, cancellationToken);

    private static IQueryable<Contact> Matching(ClientsDb db, ContactFilter filter)
    {
        IQueryable<Contact> contacts = db.Contacts;
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search);
            contacts = contacts.Where(c => EF.Functions.ILike(c.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(c.Email!, pattern, LikePattern.Escape)); // null matches nothing
        }

        if (filter.ClientId is { } client)
        {
            contacts = contacts.Where(c => c.ClientId == client);
        }

        if (filter.Status is { } status)
        {
            contacts = contacts.Where(c => db.Standings.Any(s => s.ContactId == c.Id && s.Status == status));
        }

        if (filter.Detail is { } detail)
        {
            contacts = contacts.Where(c => db.Standings.Any(s => s.ContactId == c.Id && s.Detail == detail));
        }

        return contacts;
    }
}
