using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClientPortal.Accounts.Page;

/// <param name="Link">What the holder of the link may know; null when it is not valid.</param>
/// <param name="Organisation">Whose portal it is.</param>
/// <param name="Base">Where the portal begins: it may live below a path of the public address.</param>
internal sealed record LinkPageContent(OpenedLink? Link, string Organisation, string Base);

/// <summary>The pages that this module's mails link to. Opening one consumes nothing: mail scanners do, too. Only the form's mutation does.</summary>
internal static class LinkPageEndpoints
{
    /// <summary>The first part of the path of a link that sets a password.</summary>
    public const string Reset = "reset";

    /// <summary>The first part of the path of a link that confirms an address.</summary>
    public const string ConfirmEmail = "confirm-email";

    private const string OnlyFromHere = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly byte[] Style = ReadResource("Page/style.css");
    private static readonly byte[] Script = ReadResource("Page/script.js");

    public static void MapLinkPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/account/page/style.css", Reading, (HttpContext http) => Asset(http, Style, "text/css; charset=utf-8"));
        endpoints.MapMethods("/account/page/script.js", Reading, (HttpContext http) => Asset(http, Script, "text/javascript; charset=utf-8"));
        endpoints.MapLinkPage(Reset, link => link.SetsPassword);
        endpoints.MapLinkPage(ConfirmEmail, link => !link.SetsPassword);
    }

    private static void MapLinkPage(this IEndpointRouteBuilder endpoints, string path, Func<OpenedLink, bool> belongsHere) =>
        endpoints.MapMethods($"/{path}/{{token}}", Reading, async (string token, HttpContext http, DataSources sources, PortalOptions portal, RazorHtml razor) =>
        {
            var found = await OpenedLink.FindAsync(sources, token, http.RequestAborted);
            var link = found is not null && belongsHere(found) ? found : null;
            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer"; // the link must not travel on
            headers.ContentSecurityPolicy = OnlyFromHere;
            headers.XContentTypeOptions = "nosniff";
            var html = await razor.RenderAsync<LinkPage>(new LinkPageContent(link, portal.Organisation, portal.PublicUrl.AbsolutePath));
            return Results.Content(html, "text/html; charset=utf-8", statusCode: link is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
        });

    private static IResult Asset(HttpContext http, byte[] content, string contentType)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(content, contentType);
    }

    private static byte[] ReadResource(string name)
    {
        using var stream = typeof(LinkPageEndpoints).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
