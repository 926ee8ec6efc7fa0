using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Errors;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Clients;

internal sealed record RemoveContactInput([property: ID("Contact")] Guid Id);

[MutationType]
internal static class RemoveContact
{
    /// <summary>Removes a contact, with their invitation and what was set for them: their portal access ends at once. The client's records stay. The payload shows the contact as it was.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    public static async Task<FieldResult<Contact>> RemoveContactAsync(RemoveContactInput input, ClientsDb db, CancellationToken cancellationToken)
    {
        var removed = await db.Contacts.FromSql($"delete from clients.contact where id = {input.Id} returning id, client_id, name, email, job_title").ToListAsync(cancellationToken);
        return removed.Count > 0 ? removed[0] : new NotFoundError();
    }
}
