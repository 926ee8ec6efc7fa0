using System.Net.Mail;
using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

/// <summary>The tests' own mail server tells the truth: what the mail tests conclude rests on it.</summary>
[Collection(nameof(PortalFixture))]
public sealed class SmtpSinkTests(PortalFixture portal)
{
    [Fact]
    public async Task It_hands_over_what_it_was_given()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await SendAsync("first@example.com", "Grüße");
        var mail = await portal.Mail.WaitForAsync(mail => mail.To.Contains("first@example.com"));
        Assert.Equal(("portal@example.com", "Grüße", "Hello"), (mail.From, mail.Subject, mail.Text.Trim()));
        Assert.InRange(mail.ReceivedAt, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task It_refuses_and_defers_whom_it_is_told_to()
    {
        var refused = await Assert.ThrowsAnyAsync<SmtpException>(() => SendAsync("refuse@example.com", "x"));
        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
        var deferred = await Assert.ThrowsAnyAsync<SmtpException>(() => SendAsync("defer@example.com", "x"));
        Assert.Equal(SmtpStatusCode.LocalErrorInProcessing, deferred.StatusCode);
        Assert.DoesNotContain(portal.Mail.Mails, mail => mail.Subject == "x");
    }

    private async Task SendAsync(string to, string subject)
    {
        using var client = new SmtpClient("127.0.0.1", portal.Mail.Port);
        using var message = new MailMessage("portal@example.com", to, subject, "Hello");
        await client.SendMailAsync(message);
    }
}
