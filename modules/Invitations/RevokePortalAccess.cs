using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

internal sealed record RevokePortalAccessInput([property: ID("Contact")] Guid ContactId);

[MutationType]
internal static class RevokePortalAccess
{
    /// <summary>Takes portal access away, at once and everywhere. The person's access to other clients stays.</summary>
    [Staff(Permission.ClientsInvite)]
    [Error<NotFoundError>]
    [Error<ConflictError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static Task<FieldResult<NodeRef>> RevokePortalAccessAsync(RevokePortalAccessInput input, DbSession session, DataSources sources, CancellationToken cancellationToken) =>
        sources.RevokeAsync(session, input.ContactId, access: true, cancellationToken);
}
