using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Invitations;

internal sealed class InvitationsDb(DbContextOptions<InvitationsDb> options) : PortalDb(options)
{
    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<InvitationForStaff> InvitationsForStaff => Set<InvitationForStaff>();

    public DbSet<Standing> Standings => Set<Standing>();

    public DbSet<InvitationEvent> Events => Set<InvitationEvent>();

    public DbSet<BulkInvitation> BulkInvitations => Set<BulkInvitation>();

    public DbSet<BulkInvitationRow> BulkInvitationRows => Set<BulkInvitationRow>();

    protected override string Schema => "invitations";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Invitation>().HasKey(i => i.ContactId);
        modelBuilder.Entity<InvitationForStaff>().ToView("invitation").HasKey(i => i.ContactId);
        modelBuilder.Entity<Standing>().ToView("standing").HasKey(s => s.ContactId);
        modelBuilder.Entity<InvitationEvent>().ToView("event");
        modelBuilder.Entity<BulkInvitation>().ToView("bulk_invitation").Ignore(b => b.State);
        modelBuilder.Entity<BulkInvitationRow>().ToView("bulk_invitation_row").HasKey(r => new { r.BulkId, r.Position });
    }
}
