using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

internal sealed record RemoveContactInput([property: ID("Contact")] Guid Id);

[MutationType]
internal static class RemoveContact
{
    /// <summary>Removes a contact, with their invitation and what was set for them: their portal access ends at once. The client's records stay. The payload shows the contact as it was.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    public static async Task<FieldResult<Contact>> RemoveContactAsync(RemoveContactInput input, Statements sql, CancellationToken cancellationToken)
    {
        var removed = await sql.QueryAsync($"delete from clients.contact where id = {input.Id} returning {Row<Contact>.Columns}", Row<Contact>.Read, cancellationToken);
        return removed.Count > 0 ? removed[0] : new NotFoundError();
    }
}
