using ClientPortal.Platform;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Accounts.Mail;

/// <summary>Tells an address that it is no longer used. It names no new one: the old mailbox may be in other hands.</summary>
internal sealed class EmailChangedRenderer(PortalOptions portal, RazorHtml razor) : IMailRenderer
{
    public string Kind => "EMAIL_CHANGED";

    public async Task<MailContent?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var text = AccountMailText.EmailChanged(portal.Organisation, mail.ToName);
        return new MailContent(text.ToString(), await razor.RenderAsync<AccountMail>(text));
    }
}
