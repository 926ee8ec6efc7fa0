using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClientPortal.Platform;

namespace ClientPortal.Host.Web;

/// <summary>
/// The one page of the front end, whatever the path. Style elements and the first script carry a nonce that is new in every answer;
/// what the portal is called stands in it, so that nothing has to be asked for before something can be shown.
/// </summary>
internal sealed class IndexPage(WebFile file, PortalOptions portal, bool hasLogo)
{
    private readonly string template = System.Text.Encoding.UTF8.GetString(file.Content)
        .Replace("\"./", $"\"{HtmlEncoder.Default.Encode(portal.PublicUrl.AbsolutePath)}", StringComparison.Ordinal)
        .Replace("{{organisation}}", HtmlEncoder.Default.Encode(portal.Organisation), StringComparison.Ordinal)
        // The default encoder escapes < and &: the text cannot end its script element.
        .Replace("{{settings}}", JsonSerializer.Serialize(new { organisation = portal.Organisation, @base = portal.PublicUrl.AbsolutePath, logo = hasLogo, colour = portal.Colour }), StringComparison.Ordinal);

    public IResult Answer(HttpContext http)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        // Paths may hold a link's secret: it must not travel on.
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Results.Content(template.Replace("{{nonce}}", nonce, StringComparison.Ordinal), file.ContentType);
    }
}
