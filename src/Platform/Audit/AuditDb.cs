using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Platform.Audit;

internal sealed class AuditDb(DbContextOptions<AuditDb> options) : PortalDb(options)
{
    public DbSet<AuditEvent> Events => Set<AuditEvent>();

    protected override string Schema => "audit";

    protected override void MapEntities(ModelBuilder modelBuilder) => modelBuilder.Entity<AuditEvent>().ToView("event");
}
