using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Accounts;

internal sealed class AccountsDb(DbContextOptions<AccountsDb> options) : PortalDb(options)
{
    // The policy shows staff to staff and nobody else to anyone.
    public DbSet<StaffMember> Staff => Set<StaffMember>();

    public DbSet<StaffPermission> Permissions => Set<StaffPermission>();

    protected override string Schema => "accounts";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StaffMember>().ToView("person");
        modelBuilder.Entity<StaffPermission>().HasKey(p => new { p.PersonId, p.Permission });
    }
}

internal sealed class StaffMember
{
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public bool Active { get; private set; }
}

internal sealed class StaffPermission
{
    public Guid PersonId { get; private set; }

    public Permission Permission { get; private set; }
}
