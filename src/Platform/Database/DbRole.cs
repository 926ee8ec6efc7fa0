namespace ClientPortal.Platform.Database;

/// <summary>The login roles of the running host, each with its own pool; none is a member of another.</summary>
public enum DbRole
{
    /// <summary>A contact's requests: the client's own rows, as far as this contact may see them.</summary>
    Contact,

    /// <summary>Staff requests.</summary>
    Staff,

    /// <summary>Sign-in, sessions and invitation links, through functions alone.</summary>
    Auth,

    /// <summary>Background workers, through functions alone.</summary>
    Job,
}
