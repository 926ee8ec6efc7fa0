using System.ComponentModel.DataAnnotations.Schema;

namespace ClientPortal.Platform.Mail;

[Table("email", Schema = "mail")]
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
