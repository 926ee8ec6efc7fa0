using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClientPortal.Invitations.Page;

/// <param name="Invitation">What the holder of the link may know.</param>
/// <param name="Organisation">Whose portal it is.</param>
/// <param name="Base">Where the portal begins: it may live below a path of the public address.</param>
internal sealed record LinkPageContent(InvitationPage Invitation, string Organisation, string Base);

/// <summary>The page that an invitation mail links to. Opening it consumes nothing: mail scanners do, too. Only the form's mutation accepts.</summary>
internal static class LinkPageEndpoints
{
    private const string OnlyFromHere = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly byte[] Style = ReadResource("Page/style.css");
    private static readonly byte[] Script = ReadResource("Page/script.js");

    public static void MapLinkPage(this IEndpointRouteBuilder endpoints)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        endpoints.MapMethods("/invitation/page/style.css", reading, (HttpContext http) => Asset(http, Style, "text/css; charset=utf-8"));
        endpoints.MapMethods("/invitation/page/script.js", reading, (HttpContext http) => Asset(http, Script, "text/javascript; charset=utf-8"));
        endpoints.MapMethods("/invitation/{token}", reading, async (string token, HttpContext http, DataSources sources, PortalOptions portal, RazorHtml razor) =>
        {
            var page = (await OpenedLink.FindAsync(sources, token, http.RequestAborted)).Page;
            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer"; // the link must not travel on
            headers.ContentSecurityPolicy = OnlyFromHere;
            headers.XContentTypeOptions = "nosniff";
            var html = await razor.RenderAsync<LinkPage>(new LinkPageContent(page, portal.Organisation, portal.PublicUrl.AbsolutePath));
            return Results.Content(html, "text/html; charset=utf-8", statusCode: page.State == InvitationPageState.Invalid ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
        });
    }

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
