namespace ClientPortal.Platform.Mail;

/// <summary>Where no mail server is configured: mail waits, and staff can read why.</summary>
internal sealed class NoTransport : IMailTransport
{
    public int Connections => 1;

    public Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken) =>
        Task.FromResult(new Delivery(MailOutcome.NotSent, "Smtp__Host is not set: there is no mail server to send it to."));

    public Task RestAsync() => Task.CompletedTask;
}
