namespace ClientPortal.Platform.Mail;

/// <summary>Brings mail out of the portal.</summary>
public interface IMailTransport
{
    /// <summary>How many mails it takes at a time.</summary>
    int Connections { get; }

    /// <summary>
    /// Tries once, within the lease's <see cref="MailLease.AttemptLimit"/>. Never throws for what a mail server or the way to it did:
    /// that is the answer. Cancelling ends an attempt that certainly has not left; one that may have left is waited for.
    /// </summary>
    Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken);

    /// <summary>There is nothing to send for a while: connections that were kept are closed. Not to be called while a mail is sent.</summary>
    Task RestAsync();
}

/// <summary>What became of an attempt.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Error">What the server or the network said; null when sent. Staff can read it.</param>
public sealed record Delivery(MailOutcome Outcome, string? Error = null)
{
    /// <summary>The mail server took it.</summary>
    public static Delivery Sent { get; } = new(MailOutcome.Sent);
}

/// <summary>The outcomes of an attempt; <c>mail.finish</c> decides what follows from each.</summary>
public enum MailOutcome
{
    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Refused for good (SMTP 5xx), the recipient or the mail.</summary>
    Rejected,

    /// <summary>Refused for now (SMTP 4xx), the recipient or the mail.</summary>
    Deferred,

    /// <summary>It certainly did not leave: no connection, a server that takes nothing from here (no sign-in, or not this sender), or it broke off before its end.</summary>
    NotSent,

    /// <summary>It may have left.</summary>
    Unknown,

    /// <summary>There was nothing to say any more.</summary>
    Suppressed,
}
