using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>One connection pool a role. A connection never changes hands between roles.</summary>
public sealed class DataSources(IServiceProvider services)
{
    private readonly Dictionary<DbRole, NpgsqlDataSource> _byRole = new()
    {
        [DbRole.Contact] = services.Pool(DatabaseLogin.Contact),
        [DbRole.Staff] = services.Pool(DatabaseLogin.Staff),
        [DbRole.Auth] = services.Pool(DatabaseLogin.Auth),
        [DbRole.Job] = services.Pool(DatabaseLogin.Job),
    };

    /// <summary>The pool of a role.</summary>
    public NpgsqlDataSource this[DbRole role] => _byRole[role];
}
