namespace ClientPortal.Invitations.Contracts;

/// <summary>Detail beside the status.</summary>
public enum InvitationDetail
{
    /// <summary>The mail waits to be sent.</summary>
    Queued,

    /// <summary>The mail is being sent.</summary>
    Sending,

    /// <summary>The relay has taken the mail.</summary>
    Sent,

    /// <summary>The mail waits for the recipient's mail limit.</summary>
    Throttled,

    /// <summary>The mail was given up.</summary>
    DeliveryFailed,

    /// <summary>The link's time ran out.</summary>
    Expired,

    /// <summary>Staff took the invitation back.</summary>
    InvitationRevoked,

    /// <summary>Staff took portal access away.</summary>
    AccessRevoked,

    /// <summary>The contact's address changed while the link was alive.</summary>
    AddressChanged,
}
