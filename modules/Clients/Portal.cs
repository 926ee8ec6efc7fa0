using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Clients;

/// <summary>One client's portal, as one contact sees it. Every figure and list covers only rows that this contact may see.</summary>
[ObjectType]
internal sealed class Portal(Guid clientId, Guid contactId, DbSession session) : IScopeBoundary, IHasId
{
    [GraphQLIgnore]
    public Guid Id => clientId;

    [GraphQLIgnore]
    public object Scope => session;

    [NodeType("Client")]
    public NodeRef Client => new(clientId);

    [NodeType("Contact")]
    public NodeRef Contact => new(contactId);

    public Dashboard Dashboard => new(clientId);
}

[ExtendObjectType("Portal")]
internal static class PortalNode
{
    /// <summary>The object with that id, as this portal shows it; null when it does not.</summary>
    public static NodeRef? GetNode([GraphQLType("ID")] string id) => NodeId.TryParse(id, out var node) ? new NodeRef(node.Value, node.TypeName) : null;
}

/// <summary>The figures of a portal; each module adds its own.</summary>
[ObjectType]
internal sealed class Dashboard(Guid clientId) : IHasId
{
    [GraphQLIgnore]
    public Guid Id => clientId;
}

[QueryType]
internal static class PortalQueries
{
    /// <summary>The portal as the signed-in contact sees it. `clientId` chooses among several clients; without it, the one used last. Null for a viewer without portal access.</summary>
    [AllowAnonymous]
    public static async Task<Portal?> GetPortalAsync([ID("Client")] Guid? clientId, Asker? asker, WhoIsAsking whoIsAsking, CancellationToken cancellationToken)
    {
        var membership = clientId is { } id ? asker?.Memberships.FirstOrDefault(m => m.ClientId == id) : asker?.DefaultMembership;
        if (asker is null || membership is null)
        {
            return null;
        }

        if (clientId is not null)
        {
            await whoIsAsking.RememberAsync(asker, membership, cancellationToken);
        }

        return new Portal(membership.ClientId, membership.ContactId, membership.Session);
    }
}
