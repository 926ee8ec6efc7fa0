using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;
using ClientPortal.Platform.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClientPortal.Accounts.Page;

/// <param name="Link">What the holder of the link may know; null when it is not valid.</param>
/// <param name="Organisation">Whose portal it is.</param>
/// <param name="Base">Where the portal begins: it may live below a path of the public address.</param>
internal sealed record LinkPageContent(OpenedLink? Link, string Organisation, string Base);

/// <summary>The pages that this module's mails link to.</summary>
internal static class LinkPageEndpoints
{
    /// <summary>The first part of the path of a link that sets a password.</summary>
    public const string Reset = "reset";

    /// <summary>The first part of the path of a link that confirms an address.</summary>
    public const string ConfirmEmail = "confirm-email";

    public static void MapLinkPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLinkPageAsset("/account/page/script.js", typeof(LinkPageEndpoints).Assembly, "Page/script.js", "text/javascript; charset=utf-8");
        endpoints.MapLinkPage(Reset, link => link.SetsPassword);
        endpoints.MapLinkPage(ConfirmEmail, link => !link.SetsPassword);
    }

    private static void MapLinkPage(this IEndpointRouteBuilder endpoints, string path, Func<OpenedLink, bool> belongsHere) =>
        endpoints.MapMethods($"/{path}/{{token}}", LinkPages.Reading, async (string token, HttpContext http, DataSources sources, PortalOptions portal, RazorHtml razor) =>
        {
            var found = await OpenedLink.FindAsync(sources, token, http.RequestAborted);
            var link = found is not null && belongsHere(found) ? found : null;
            var html = await razor.RenderAsync<LinkPage>(new LinkPageContent(link, portal.Organisation, portal.PublicUrl.AbsolutePath));
            return LinkPages.Page(http, html, isValid: link is not null);
        });
}
