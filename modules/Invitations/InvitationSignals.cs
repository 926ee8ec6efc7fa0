namespace ClientPortal.Invitations;

/// <summary>The channels on which the module's SQL notifies.</summary>
internal static class InvitationSignals
{
    /// <summary>Something changed for a contact: there is a new row in invitations.event.</summary>
    public const string InvitationEvent = "invitation_event";

    /// <summary>A call that invites many was made, or some of its rows were settled.</summary>
    public const string BulkInvitation = "bulk_invitation";
}
