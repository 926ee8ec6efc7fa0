using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

/// <summary>What inviteContact and resendInvitation share: the database decides whether a link may be sent now, and queues it in the same step.</summary>
internal sealed class InvitationSending(DataSources sources, InvitationLinks links, PortalOptions portal)
{
    /// <summary>The subject of every invitation mail.</summary>
    public string Subject => $"You are invited to {portal.Organisation}";

    /// <summary>Null when the mail is queued, else why not.</summary>
    /// <param name="session">The staff member.</param>
    /// <param name="contactId">Whom to invite.</param>
    /// <param name="expiresIn">How long the link lives; null: as long as the one before.</param>
    /// <param name="resend">Whether there must be a pending invitation.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task<UserError?> SendAsync(DbSession session, Guid contactId, TimeSpan? expiresIn, bool resend, CancellationToken cancellationToken)
    {
        var (id, tokenHash) = links.Create();
        var (outcome, retryAt) = (await sources.QueryAsync(
            session,
            $"select outcome, retry_at from invitations.invite({contactId}, {id}, {tokenHash}, {expiresIn}, {resend}, {Subject})",
            r => (r.GetString(0), r.IsDBNull(1) ? default : r.GetFieldValue<DateTimeOffset>(1)), cancellationToken))[0];
        return outcome switch
        {
            "OK" => null,
            "FORBIDDEN" => ForbiddenError.NotAllowed,
            "NOT_FOUND" => new NotFoundError(),
            "NOT_INVITED" => new ConflictError("There is no pending invitation to send again. Invite the contact instead.", "NOT_INVITED"),
            "COOLDOWN" => new ThrottledError("An invitation mail to this recipient left, or is to leave, less than a minute ago. Try again from retryAt on.", retryAt, outcome),
            "DAILY_LIMIT" => new ThrottledError("This recipient got five invitation mails in the last 24 hours. Try again from retryAt on.", retryAt, outcome),
            "ALREADY_INVITED" => new InvitationNotAllowedError("The contact has a pending invitation. Send it again instead.", InvitationSkipReason.AlreadyInvited),
            "ALREADY_ONBOARDED" => new InvitationNotAllowedError("The contact has portal access already.", InvitationSkipReason.AlreadyOnboarded),
            "INTERNAL_CLIENT" => new InvitationNotAllowedError("Contacts of an internal client cannot be invited.", InvitationSkipReason.InternalClient),
            "INACTIVE_CLIENT" => new InvitationNotAllowedError("The client is inactive. Make it active first.", InvitationSkipReason.InactiveClient),
            "NO_EMAIL" => new InvitationNotAllowedError("The contact has no e-mail address. Add one first.", InvitationSkipReason.NoEmail),
            _ => throw new InvalidOperationException($"invitations.invite answered {outcome}."),
        };
    }
}
