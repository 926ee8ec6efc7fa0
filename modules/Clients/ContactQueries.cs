using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Clients;

internal sealed record ContactFilter(string? Search = null, [property: ID("Client")] Guid? ClientId = null, InvitationStatus? Status = null, InvitationDetail? Detail = null);

[QueryType]
internal static class ContactQueries
{
    [Staff]
    public static Task<Connection<Contact>> GetContactsAsync(PagingArguments paging, ContactFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        sql.PageAsync(ContactType.ByName, Matching(filter ?? new ContactFilter()), paging, cancellationToken);

    private static Conditions Matching(ContactFilter filter)
    {
        var where = new Conditions();
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search);
            where.Add($"name ilike {pattern} or email ilike {pattern}");
        }

        if (filter.ClientId is { } client)
        {
            where.Add($"client_id = {client}");
        }

        if (filter.Status is { } status)
        {
            where.Add($"exists (select from invitations.standing s where s.contact_id = contact.id and s.status = {status})");
        }

        if (filter.Detail is { } detail)
        {
            where.Add($"exists (select from invitations.standing s where s.contact_id = contact.id and s.detail = {detail})");
        }

        return where;
    }
}
