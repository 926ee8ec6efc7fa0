using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Projects;

internal sealed class ProjectsDb(DbContextOptions<ProjectsDb> options) : PortalDb(options)
{
    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectForStaff> ProjectsForStaff => Set<ProjectForStaff>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TicketForStaff> TicketsForStaff => Set<TicketForStaff>();

    protected override string Schema => "projects";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Project>().ToView("project_list");
        modelBuilder.Entity<ProjectForStaff>().ToView("project");
        modelBuilder.Entity<Ticket>().ToView("ticket_list");
        modelBuilder.Entity<TicketForStaff>().ToView("ticket");
    }
}
