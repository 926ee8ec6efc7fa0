using System.Text.RegularExpressions;
using ClientPortal.Platform;
using ClientPortal.Testing;
using Snapshooter.Xunit;

namespace ClientPortal.Mail.Tests;

/// <summary>The mails of thirty contacts, the n-th of whom is "Contact n" of "Client n", as a host in production sends them.</summary>
public sealed class ThirtyMails(PortalFixture fixture) : IAsyncLifetime
{
    public const int Count = 30;

    public IReadOnlyList<ReceivedMail> Mails { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.QueueAsync([.. Enumerable.Range(1, Count).Select(n => $"contact{n:00}@example.com")]);
        scene.StartHost();
        await scene.SettledAsync();
        Mails = scene.Sink.Mails;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>What is in the mails that a host in production sends, and to whom.</summary>
[Collection(nameof(PortalFixture))]
public sealed partial class MailContentTests(ThirtyMails thirty) : IClassFixture<ThirtyMails>
{
    [Fact]
    public void MAIL_04_Every_link_of_a_mail_is_https_to_the_configured_host_with_one_token_of_its_own()
    {
        var links = thirty.Mails.Select(mail => Assert.Single(LinksOf(mail).Distinct())).ToList();

        Assert.All(links, link => Assert.Matches("^https://portal\\.example\\.com/invitation/[\\w-]{43}$", link));
        Assert.Equal(ThirtyMails.Count, links.Distinct().Count());
    }

    [Fact]
    public void MAIL_05_A_mail_says_nothing_of_another_client_or_contact()
    {
        Assert.Equal(ThirtyMails.Count, thirty.Mails.Count);
        Assert.All(thirty.Mails, mail =>
        {
            var n = NumberOf(mail);
            var all = $"{mail.Raw}\n{mail.Subject}\n{mail.Text}\n{mail.Html}";
            Assert.Equal([$"Client {n}"], ClientName().Matches(all).Select(m => m.Value).Distinct());
            Assert.Equal([$"Contact {n}"], ContactName().Matches(all).Select(m => m.Value).Distinct());
            Assert.Equal([$"contact{n:00}@example.com"], Address().Matches(all).Select(m => m.Value).Distinct());
        });
    }

    [Fact]
    public void MAIL_06_Every_mail_of_a_bulk_run_has_one_recipient_and_no_copies()
    {
        Assert.Equal(Enumerable.Range(1, ThirtyMails.Count), thirty.Mails.Select(NumberOf).Order());
        Assert.All(thirty.Mails, mail =>
        {
            var headers = mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            Assert.DoesNotMatch("(?im)^(resent-)?(cc|bcc):", headers);
            Assert.Equal(mail.To, Address().Matches(headers).Select(m => m.Value));
        });
    }

    [Fact] // every header and every line: __snapshots__/Invitation.snap
    public void An_invitation_on_the_wire_is_the_one_that_was_looked_at()
    {
        var raw = thirty.Mails.Single(mail => NumberOf(mail) == 1).Raw;
        var lines = raw.Replace(Boundary().Match(raw).Value, "<boundary>", StringComparison.Ordinal).Replace("=\r\n", "", StringComparison.Ordinal); // as they were before their encoding broke them

        Snapshot.Match(Changing().Replace(lines, changing => $"<{changing.Groups.Values.Skip(1).Single(group => group.Success).Name}>").ReplaceLineEndings("\n"), "Invitation");
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

    // Of its one recipient.
    private static int NumberOf(ReceivedMail mail) => int.Parse(Assert.Single(mail.To)[7..9], System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> LinksOf(ReceivedMail mail) =>
        Link().Matches($"{mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)]}\n{mail.Text}\n{mail.Html}").Select(m => m.Value).Concat(Reference().Matches(mail.Html).Select(m => m.Groups[1].Value));

    [GeneratedRegex("Client [0-9]+")]
    internal static partial Regex ClientName();

    // What is another in each mail.
    [GeneratedRegex(@"(?<id>[0-9a-f]{32})(?=@)|(?<=Date: )(?<date>[^\r]+)|(?<=/invitation/)(?<token>[\w-]{43})|(?<expiry>[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, [0-9:]+ UTC)")]
    private static partial Regex Changing();

    [GeneratedRegex("(?<=boundary=\")[^\"]+")]
    private static partial Regex Boundary();

    [GeneratedRegex("Contact [0-9]+")]
    private static partial Regex ContactName();

    [GeneratedRegex("contact[0-9]+@example\\.com")]
    private static partial Regex Address();

    // Whatever a mail program would open or load, written as an address or not (a //host, a /path, a scheme of its own, a picture of a style).
    [GeneratedRegex("(?i)(?:(?:href|src|action|background|poster|data|srcset)\\s*=\\s*[\"']?|url\\(\\s*[\"']?)([^\"'\\s>)]+)")]
    private static partial Regex Reference();

    [GeneratedRegex("https?://[^\\s\"<]+")]
    private static partial Regex Link();
}
