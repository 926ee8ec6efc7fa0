namespace ClientPortal.Platform.Asking;

/// <summary>Staff work for the organisation; clients' people have the portal and nothing else.</summary>
public enum MemberType
{
    /// <summary>Works for the organisation.</summary>
    Staff,

    /// <summary>Belongs to a client.</summary>
    Client,
}
