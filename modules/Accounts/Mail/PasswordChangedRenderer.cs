using ClientPortal.Platform;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Accounts.Mail;

/// <summary>Tells somebody that their password was changed. No link: who did not change it shall not learn to follow links in such mails.</summary>
internal sealed class PasswordChangedRenderer(PortalOptions portal, RazorHtml razor) : IMailRenderer
{
    public string Kind => "PASSWORD_CHANGED";

    public static string Subject(string organisation) => $"{organisation}: your password was changed";

    public async Task<MailContent?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var text = AccountMailText.PasswordChanged(portal.Organisation, mail.ToName);
        return new MailContent(text.ToString(), await razor.RenderAsync<AccountMail>(text));
    }
}
