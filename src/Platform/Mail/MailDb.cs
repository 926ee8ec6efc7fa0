using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Platform.Mail;

internal sealed class MailDb(DbContextOptions<MailDb> options) : PortalDb(options)
{
    public DbSet<Email> Emails => Set<Email>();

    protected override string Schema => "mail";

    protected override void MapEntities(ModelBuilder modelBuilder) => modelBuilder.Entity<Email>().ToView("email");
}

internal sealed class Email
{
    public Guid Id { get; private set; }

    public string Recipient { get; private set; } = "";

    public string RecipientKey { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public EmailState State { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? NotBefore { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

internal enum EmailState
{
    /// <summary>Waits, or is being sent.</summary>
    Queued,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>There was nothing to say any more.</summary>
    Suppressed,
}
