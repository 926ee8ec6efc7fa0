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

        var ids = clients.Select(c => c.Id).ToArray();
        var notes = (await sql.RowsAsync<ClientForStaff>($"where id = any({ids})", cancellationToken)).ToDictionary(c => c.Id, c => c.InternalNote);
        return [.. clients.Select(c => notes.GetValueOrDefault(c.Id))];
    }

    public static Task<IReadOnlyList<Connection<Contact>>> GetContactsAsync([Parent] IReadOnlyList<Client> clients, PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync([.. clients.Select(c => c.Id)], ContactType.ByName, new(), paging, cancellationToken);

    [NodeResolver]
    public static async Task<IReadOnlyList<Client?>> GetClientsByIdAsync(IReadOnlyList<Guid> ids, Statements sql, CancellationToken cancellationToken)
    {
        var clients = (await sql.RowsAsync<Client>($"where id = any({ids})", cancellationToken)).ToDictionary(c => c.Id);
        return [.. ids.Select(clients.GetValueOrDefault)];
    }
}
