using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ClientPortal.Platform.Database;

/// <summary>Opens a module's DbContext for a session: pooled, one pool a role, one lease a resolver call.</summary>
public sealed class DbContexts<TDb>
    where TDb : PortalDb
{
    private readonly Dictionary<DbRole, PooledDbContextFactory<TDb>> _byRole;

    /// <summary>Prepares the pools of the two roles that may read tables.</summary>
    public DbContexts(DataSources sources) =>
        _byRole = new[] { DbRole.Contact, DbRole.Staff }.ToDictionary(r => r, r => new PooledDbContextFactory<TDb>(
            new DbContextOptionsBuilder<TDb>()
                .UseNpgsql(sources[r])
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
                .AddInterceptors(new ContextInterceptor())
                .EnableThreadSafetyChecks(false)
                .Options));

    /// <summary>A context that reads as <paramref name="session"/>; dispose it to give it back.</summary>
    public TDb Open(DbSession session)
    {
        var db = _byRole[session.Role].CreateDbContext();
        db.Session = session;
        return db;
    }
}
