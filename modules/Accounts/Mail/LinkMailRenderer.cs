using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Accounts.Mail;

/// <summary>Writes one kind of mail that carries a link, as things stand when it leaves: a link that died meanwhile is not sent.</summary>
// kind: as in the outbox. page: the first part of the link's path. write: the sentences, of the organisation, the person's name, the link's end and the link.
internal sealed class LinkMailRenderer(string kind, string page, Func<string, string, DateTimeOffset, Uri, AccountMailText> write, DataSources sources, AccountLinks links, PortalOptions portal, RazorHtml razor) : IMailRenderer
{
    public string Kind => kind;

    public async Task<MailContent?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var text = (await sources.QueryAsync(
            DbRole.Job,
            $"select name, expires_at from accounts.mail_content({mail.AttemptId}, {mail.Reference})",
            r => write(portal.Organisation, r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), links.UrlOf(page, mail.Reference)), cancellationToken)).SingleOrDefault();
        return text is null ? null : new MailContent(text.ToString(), await razor.RenderAsync<AccountMail>(text));
    }
}
