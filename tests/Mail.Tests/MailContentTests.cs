using System.Text.RegularExpressions;
using ClientPortal.Platform;
using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>What is in the mails that a host in production sends, and to whom.</summary>
[Collection(nameof(PortalFixture))]
public sealed partial class MailContentTests(PortalFixture fixture)
{
    [Fact]
    public async Task MAIL_04_MAIL_05_MAIL_06_Every_mail_of_a_bulk_run_has_one_recipient_one_https_link_and_nothing_of_anybody_else()
    {
        const int Count = 30;
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.QueueAsync([.. Enumerable.Range(1, Count).Select(n => $"contact{n:00}@example.com")]); // the n-th of "Client n"
        scene.StartHost();
        await scene.SettledAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Count, scene.Sink.Mails.Count);
        foreach (var mail in scene.Sink.Mails)
        {
            var n = int.Parse(Assert.Single(mail.To)[7..9], System.Globalization.CultureInfo.InvariantCulture);
            Assert.DoesNotMatch(@"(?im)^(cc|bcc):", mail.Raw);
            Assert.Equal([$"Client {n}"], ClientName().Matches(mail.Text + mail.Html).Select(m => m.Value).Distinct());
            Assert.DoesNotMatch($"contact(?!{n:00})[0-9]{{2}}@", mail.Raw);
            var links = Link().Matches($"{mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)]}\n{mail.Text}\n{mail.Html}").Select(m => m.Value).Concat(Reference().Matches(mail.Html).Select(m => m.Groups[1].Value)).Distinct().ToList();
            Assert.Matches("^https://portal\\.example\\.com/invitation/[\\w-]{43}$", Assert.Single(links));
        }

        Assert.Equal(Count, scene.Sink.Mails.Select(m => Link().Match(m.Text).Value).Distinct().Count());
    }

    [Theory]
    [InlineData("a@x.example, b@evil.example")]
    [InlineData("a@x.example;b@evil.example")]
    [InlineData("<a@x.example> b@evil.example")]
    [InlineData("A <a@x.example>")]
    [InlineData("a@x.example\0")]
    [InlineData("a@x.example%00")]
    [InlineData("a@x.example\r\nRCPT TO:<b@evil.example>")]
    [InlineData("a@x.example b@evil.example")]
    [InlineData("\"a\r\nBcc: b@evil.example\"@x.example")]
    [InlineData("a(comment)@x.example")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("@x.example:a@evil.example")]
    public void MAIL_08_What_is_more_than_one_bare_address_is_no_address(string text) => Assert.False(EmailAddress.TryParse(text, out _));

    [GeneratedRegex("Client [0-9]+")]
    private static partial Regex ClientName();

    // Whatever a mail program would open or load, written as an address or not (a //host, a /path, a scheme of its own, a picture of a style).
    [GeneratedRegex("(?i)(?:(?:href|src|action|background|poster|data|srcset)\\s*=\\s*[\"']?|url\\(\\s*[\"']?)([^\"'\\s>)]+)")]
    private static partial Regex Reference();

    [GeneratedRegex("https?://[^\\s\"<]+")]
    private static partial Regex Link();
}
