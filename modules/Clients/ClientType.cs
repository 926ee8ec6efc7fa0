using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Clients;

[ObjectType<Client>]
[Node]
internal static class ClientType
{
    [ID]
    public static Guid GetId([Parent] Client client) => client.Id;

    public static string GetNumber([Parent] Client client) => client.Number;

    public static string GetName([Parent] Client client) => client.Name;

    public static ClientStatus GetStatus([Parent] Client client) => client.Status;

    /// <summary>An internal client is the organisation's own; none of its contacts may have portal access or a pending invitation.</summary>
    public static bool GetInternal([Parent] Client client) => client.Internal;

    [GraphQLType("CurrencyCode")]
    public static string GetCurrency([Parent] Client client) => client.Currency;

    /// <summary>Staff only.</summary>
    public static async Task<IReadOnlyList<string?>> GetInternalNoteAsync([Parent] IReadOnlyList<Client> clients, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new string?[clients.Count];
        }

        return [.. (await sql.ByIdAsync<ClientForStaff>([.. clients.Select(c => c.Id)], c => c.Id, cancellationToken)).Select(c => c?.InternalNote)];
    }

    public static Task<IReadOnlyList<Connection<Contact>>> GetContactsAsync([Parent] IReadOnlyList<Client> clients, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync([.. clients.Select(c => c.Id)], ContactType.ByName, new(), paging, cancellationToken);

    [NodeResolver]
    public static Task<IReadOnlyList<Client?>> GetClientsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken) =>
        sql.ByIdAsync<Client>(ids, c => c.Id, cancellationToken);
}
