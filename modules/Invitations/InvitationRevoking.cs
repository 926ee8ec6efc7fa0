using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

/// <summary>What revokeInvitation and revokePortalAccess share.</summary>
internal static class InvitationRevoking
{
    /// <summary>The contact, or why there was nothing to take back. From the next statement on the link or the access is gone: the policies look.</summary>
    public static async Task<FieldResult<NodeRef>> RevokeAsync(this DataSources sources, DbSession session, Guid contactId, bool access, CancellationToken cancellationToken)
    {
        var outcome = (await sources.QueryAsync(session, $"select invitations.revoke({contactId}, {access})", r => r.GetString(0), cancellationToken))[0];
        return outcome switch
        {
            "OK" => new NodeRef(contactId),
            "FORBIDDEN" => ForbiddenError.NotAllowed,
            "NOT_FOUND" => new NotFoundError(),
            "NOTHING" when access => new ConflictError("The contact has no portal access to take away.", "NOT_ONBOARDED"),
            "NOTHING" => new ConflictError("The contact has no pending invitation to take back.", "NOT_INVITED"),
            _ => throw new InvalidOperationException($"invitations.revoke answered {outcome}."),
        };
    }
}
