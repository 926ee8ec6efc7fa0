using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClientPortal.Platform.Mail;

/// <summary>A mail as the development mailbox shows it.</summary>
internal sealed record KeptMail(Guid Id, string To, string Subject, DateTimeOffset SentAt, string Text, string Html, IReadOnlyList<string> Links);

/// <summary>For development: keeps every mail as one file, whether a mail server is configured besides or not.</summary>
internal sealed partial class DevMailbox(string folder, IMailTransport? server, TimeProvider time) : IMailTransport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Connections => server?.Connections ?? 4;

    public Task RestAsync() => server?.RestAsync() ?? Task.CompletedTask;

    public async Task<Delivery> SendAsync(ClaimedMail mail, MailContent content, CancellationToken cancellationToken)
    {
        var delivery = server is null ? Delivery.Sent : await server.SendAsync(mail, content, cancellationToken);
        if (delivery.Outcome == MailOutcome.Sent)
        {
            await KeepAsync(new KeptMail(mail.OutboxId, mail.ToAddress, HeaderText.OneLine(mail.Subject), time.GetUtcNow(), content.Text, content.Html, LinksOf(content.Html)));
        }

        return delivery;
    }

    /// <summary>Every mail kept, newest first.</summary>
    public async Task<IReadOnlyList<KeptMail>> ReadAsync(CancellationToken cancellationToken)
    {
        var mails = new List<KeptMail>();
        if (!Directory.Exists(folder))
        {
            return mails;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            if (await JsonSerializer.DeserializeAsync<KeptMail>(stream, Json, cancellationToken) is { } mail)
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    private async Task KeepAsync(KeptMail mail)
    {
        // The links let their holder in: for this user's eyes only.
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var name = Path.Combine(folder, $"{mail.SentAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff", CultureInfo.InvariantCulture)}-{mail.Id:N}");
        await File.WriteAllTextAsync(name + ".part", JsonSerializer.Serialize(mail, Json), CancellationToken.None); // the mail server has it: no longer to be cancelled
        File.Move(name + ".part", name + ".json", overwrite: true); // so that nobody reads half a mail
    }

    private static IReadOnlyList<string> LinksOf(string html) => [.. Href().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct()];

    [GeneratedRegex("\\shref=\"([^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Href();
}
