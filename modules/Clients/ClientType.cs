using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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
    public static async Task<IReadOnlyList<string?>> GetInternalNoteAsync([Parent] IReadOnlyList<Client> clients, DbSession session, ClientsDb db, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new string?[clients.Count];
        }

        var ids = clients.Select(c => c.Id).ToArray();
        var notes = await db.ClientsForStaff.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.InternalNote, cancellationToken);
        return [.. clients.Select(c => notes.GetValueOrDefault(c.Id))];
    }

    public static Task<IReadOnlyList<Connection<Contact>>> GetContactsAsync([Parent] IReadOnlyList<Client> clients, PagingArguments paging, Pager<ClientsDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync([.. clients.Select(c => c.Id)], db => db.Contacts, c => c.ClientId, ContactType.ByName, paging, cancellationToken);

    [NodeResolver]
    public static async Task<IReadOnlyList<Client?>> GetClientsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken)
    {
        var clients = (await sql.RowsAsync<Client>("clients.client where id = any($1)", cancellationToken, new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] })).ToDictionary(c => c.Id);
        return [.. ids.Select(clients.GetValueOrDefault)];
    }
}
