using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Clients;

internal sealed class ClientsDb(DbContextOptions<ClientsDb> options) : PortalDb(options)
{
    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ClientForStaff> ClientsForStaff => Set<ClientForStaff>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Visibility> Visibilities => Set<Visibility>();

    public DbSet<ContactStanding> Standings => Set<ContactStanding>();

    protected override string Schema => "clients";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Client>();
        modelBuilder.Entity<ClientForStaff>().ToView("client");
        modelBuilder.Entity<Contact>();
        modelBuilder.Entity<Visibility>().HasKey(v => new { v.ContactId, v.Kind });
        modelBuilder.Entity<ContactStanding>().ToView("standing", "invitations").HasKey(s => s.ContactId);
    }
}
