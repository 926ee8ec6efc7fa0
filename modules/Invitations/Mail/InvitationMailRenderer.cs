using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Invitations.Mail;

/// <summary>Writes the invitation mail as things stand when it leaves: a link that was taken back or replaced meanwhile is not sent.</summary>
internal sealed class InvitationMailRenderer(DataSources sources, InvitationLinks links, PortalOptions portal, RazorHtml razor) : IMailRenderer
{
    public string Kind => "INVITATION";

    public async Task<MailContent?> RenderAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var text = (await sources.QueryAsync(
            DbRole.Job,
            $"select contact_name, client_name, invited_by, expires_at from invitations.mail_content({mail.AttemptId}, {mail.Reference})",
            r => new InvitationMailText(portal.Organisation, r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), links.UrlOf(mail.Reference)), cancellationToken)).SingleOrDefault();
        return text is null ? null : new MailContent(text.ToString(), await razor.RenderAsync<InvitationMail>(text));
    }
}
