using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

internal sealed record InviteContactInput([property: ID("Contact")] Guid ContactId, int? ExpiresInDays = 7);

[MutationType]
internal static class InviteContact
{
    /// <summary>Sends the contact a link to accept with. An invitation that has expired gets a new link.</summary>
    [Staff(Permission.ClientsInvite)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [Error<InvitationNotAllowedError>]
    [Error<ThrottledError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> InviteContactAsync(InviteContactInput input, DbSession session, InvitationSending sending, CancellationToken cancellationToken)
    {
        if (input.ExpiresInDays is < 1 or > 30)
        {
            return new ValidationError("An invitation lives for 1 to 30 days.", "input.expiresInDays");
        }

        var refused = await sending.SendAsync(session, input.ContactId, TimeSpan.FromDays(input.ExpiresInDays ?? 7), resend: false, cancellationToken);
        return refused is null ? new NodeRef(input.ContactId) : refused;
    }
}
