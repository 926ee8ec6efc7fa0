using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;
using ClientPortal.Platform.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClientPortal.Invitations.Page;

/// <param name="Invitation">What the holder of the link may know.</param>
/// <param name="Organisation">Whose portal it is.</param>
/// <param name="Base">Where the portal begins: it may live below a path of the public address.</param>
internal sealed record LinkPageContent(InvitationPage Invitation, string Organisation, string Base);

/// <summary>The page that an invitation mail links to.</summary>
internal static class LinkPageEndpoints
{
    public static void MapLinkPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLinkPageAsset("/invitation/page/script.js", typeof(LinkPageEndpoints).Assembly, "Page/script.js", "text/javascript; charset=utf-8");
        endpoints.MapMethods("/invitation/{token}", LinkPages.Reading, async (string token, HttpContext http, DataSources sources, PortalOptions portal, RazorHtml razor) =>
        {
            var page = (await OpenedLink.FindAsync(sources, token, http.RequestAborted)).Page;
            var html = await razor.RenderAsync<LinkPage>(new LinkPageContent(page, portal.Organisation, portal.PublicUrl.AbsolutePath));
            return LinkPages.Page(http, html, isValid: page.State != InvitationPageState.Invalid);
        });
    }
}
