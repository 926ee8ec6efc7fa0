using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Clients;

internal enum ClientOrder
{
    Name,
    Number,
    Newest,
}

internal sealed record ClientFilter(string? Search = null, ClientStatus? Status = null, bool? Internal = null, InvitationStatus? InvitationStatus = null);

[QueryType]
internal static class ClientQueries
{
    private static readonly Keyset<Client> ByName = new Keyset<Client>().Ascending(c => c.Name).Ascending(c => c.Id);
    private static readonly Keyset<Client> ByNumber = new Keyset<Client>().Ascending(c => c.Number).Ascending(c => c.Id);
    private static readonly Keyset<Client> ByNewest = new Keyset<Client>().Descending(c => c.Id); // version 7 ids rise with time

    [Staff]
    public static Task<Connection<Client>> GetClientsAsync(PagingArguments paging, ClientFilter? filter, ClientOrder? orderBy, Pager<ClientsDb> pager, CancellationToken cancellationToken)
    {
        var order = orderBy switch
        {
            ClientOrder.Number => ByNumber,
            ClientOrder.Newest => ByNewest,
            _ => ByName,
        };
        return pager.PageAsync(db => Matching(db, filter ?? new ClientFilter()), order, paging, cancellationToken);
    }

    private static IQueryable<Client> Matching(ClientsDb db, ClientFilter filter)
    {
        IQueryable<Client> clients = db.Clients;
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search);
            clients = clients.Where(c => EF.Functions.ILike(c.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(c.Number, pattern, LikePattern.Escape));
        }

        if (filter.Status is { } status)
        {
            clients = clients.Where(c => c.Status == status);
        }

        if (filter.Internal is { } isInternal)
        {
            clients = clients.Where(c => c.Internal == isInternal);
        }

        if (filter.InvitationStatus is { } standing)
        {
            clients = clients.Where(c => db.Standings.Any(s => s.ClientId == c.Id && s.Status == standing));
        }

        return clients;
    }
}
