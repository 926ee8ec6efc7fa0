using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

internal sealed record ResendInvitationInput([property: ID("Contact")] Guid ContactId);

[MutationType]
internal static class ResendInvitation
{
    /// <summary>Sends a new link; older ones are dead, and the time to accept starts again.</summary>
    [Staff(Permission.ClientsInvite)]
    [Error<NotFoundError>]
    [Error<ConflictError>]
    [Error<InvitationNotAllowedError>]
    [Error<ThrottledError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> ResendInvitationAsync(ResendInvitationInput input, DbSession session, InvitationSending sending, CancellationToken cancellationToken)
    {
        var refused = await sending.SendAsync(session, input.ContactId, expiresIn: null, resend: true, cancellationToken);
        return refused is null ? new NodeRef(input.ContactId) : refused;
    }
}
