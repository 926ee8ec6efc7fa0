using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Clients;

[ExtendObjectType("Client")]
internal static class PortalPreview
{
    /// <summary>
    /// Staff with PORTAL_PREVIEW: exactly what this contact would see, under the contact's own database rights, which allow no
    /// change. Recorded in the audit trail, never as a view. Null for a contact of another client, and while the client is inactive.
    /// </summary>
    [Staff(Permission.PortalPreview)]
    public static async Task<Portal?> PortalAsAsync([ParentId] Guid clientId, [ID("Contact")] Guid contactId, Asker? asker, DataSources sources, ResolverContext context, CancellationToken cancellationToken)
    {
        context.Request.IsPersonal = true; // the trail names everybody who looked
        var me = asker!; // the rule lets nobody else through
        var opened = await sources.QueryAsync(me.Session, $"select clients.open_preview({clientId}, {contactId})", r => r.GetBoolean(0), cancellationToken);
        return opened[0] ? new Portal(clientId, contactId, new DbSession(DbRole.Contact, me.Token, contactId)) : null;
    }
}
