using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

internal sealed record RevokeInvitationInput([property: ID("Contact")] Guid ContactId);

[MutationType]
internal static class RevokeInvitation
{
    /// <summary>Takes a pending invitation back; its link is dead.</summary>
    [Staff(Permission.ClientsInvite)]
    [Error<NotFoundError>]
    [Error<ConflictError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static Task<FieldResult<NodeRef>> RevokeInvitationAsync(RevokeInvitationInput input, DbSession session, DataSources sources, CancellationToken cancellationToken) =>
        sources.RevokeAsync(session, input.ContactId, access: false, cancellationToken);
}
