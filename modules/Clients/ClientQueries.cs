using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

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
    public static Task<Connection<Client>> GetClientsAsync(PagingArguments paging, ClientFilter? filter, ClientOrder? orderBy, Statements sql, CancellationToken cancellationToken)
    {
        var order = orderBy switch
        {
            ClientOrder.Number => ByNumber,
            ClientOrder.Newest => ByNewest,
            _ => ByName,
        };
        return sql.PageAsync(order, Matching(filter ?? new ClientFilter()), paging, cancellationToken);
    }

    private static Conditions Matching(ClientFilter filter)
    {
        var where = new Conditions();
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search);
            where.Add($"name ilike {pattern} or number ilike {pattern}");
        }

        if (filter.Status is { } status)
        {
            where.Add($"status = {status}");
        }

        if (filter.Internal is { } isInternal)
        {
            where.Add($"internal = {isInternal}");
        }

        if (filter.InvitationStatus is { } standing)
        {
            where.Add($"exists (select from invitations.standing s where s.client_id = client.id and s.status = {standing})");
        }

        return where;
    }
}
