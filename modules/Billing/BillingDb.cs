using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Billing;

internal sealed class BillingDb(DbContextOptions<BillingDb> options) : PortalDb(options)
{
    public DbSet<Invoice> Invoices => Set<Invoice>();


    public DbSet<InvoiceForStaff> InvoicesForStaff => Set<InvoiceForStaff>();

    public DbSet<InvoiceLine> Lines => Set<InvoiceLine>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Addressee> Addressees => Set<Addressee>();

    protected override string Schema => "billing";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Invoice>().ToView("invoice_today");
        modelBuilder.Entity<InvoiceForStaff>().ToView("invoice");
        modelBuilder.Entity<InvoiceLine>().HasKey(l => new { l.InvoiceId, l.Position });
        modelBuilder.Entity<Payment>().HasOne(p => p.Invoice).WithMany().HasForeignKey(p => p.InvoiceId);
        modelBuilder.Entity<Addressee>().ToView("addressee", "clients").HasKey(a => new { a.ContactId, a.Kind, a.RecordId });
    }
}
