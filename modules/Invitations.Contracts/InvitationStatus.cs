namespace ClientPortal.Invitations.Contracts;

/// <summary>Where a contact stands on the way into the portal.</summary>
public enum InvitationStatus
{
    /// <summary>No link is alive and there is no access.</summary>
    NotInvited,

    /// <summary>A link was made and not yet accepted.</summary>
    Invited,

    /// <summary>Accepted: the portal is open to them.</summary>
    Onboarded,
}
