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
        // Held first in the order of those who change a contact and its invitation: none of them fails, they wait for one another.
        var removed = await sql.QueryAsync(
            $"""
            with held as (select c.id from clients.contact c where c.id = {input.Id} for no key update)
            delete from clients.contact where id = (select invitations.hold(h.id) from held h) returning {Row<Contact>.Columns}
            """, Row<Contact>.Read, cancellationToken);
        return removed.Count > 0 ? removed[0] : new NotFoundError();
    }
}
