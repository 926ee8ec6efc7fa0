namespace ClientPortal.Platform.Mail;

/// <summary>What a mail says, in both forms that a mail program may show.</summary>
public sealed record MailContent(string Text, string Html);

/// <summary>Renders one kind of mail when it leaves, so that it says what is true then. Registered as a singleton by the module that sends it.</summary>
public interface IMailRenderer
{
    /// <summary>The kind, as in the outbox.</summary>
    string Kind { get; }

    /// <summary>The content; null when there is nothing to say any more, and nothing is sent.</summary>
    Task<MailContent?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken);
}
