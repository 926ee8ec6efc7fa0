namespace ClientPortal.Platform;

/// <summary>The roles that sign in to PostgreSQL. None is a member of another, and each has its own pool.</summary>
public enum DatabaseLogin
{
    /// <summary>Requests of contacts.</summary>
    Contact,

    /// <summary>Requests of staff.</summary>
    Staff,

    /// <summary>Sign-in, invitations, sessions.</summary>
    Auth,

    /// <summary>Background work.</summary>
    Job,

    /// <summary>Migrations and imports. The serving host neither reads nor needs its connection string.</summary>
    Migrator,
}
