using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClientPortal.Platform.Pages;

/// <summary>
/// What the pages behind mailed links have in common. Opening one consumes nothing, because mail scanners open links; only the
/// form's mutation does. Nothing on them comes from elsewhere, and the link does not travel on.
/// </summary>
public static class LinkPages
{
    /// <summary>The style sheet of all of them, below the portal's base.</summary>
    public const string StylePath = "page/style.css";

    private const string OnlyFromHere = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>GET and HEAD.</summary>
    public static IReadOnlyList<string> Reading { get; } = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Serves the style sheet. Called once, by the host.</summary>
    public static void MapLinkPageStyle(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapLinkPageAsset(StylePath, typeof(LinkPages).Assembly, "Pages/style.css", "text/css; charset=utf-8");

    /// <summary>Serves an embedded file of a module's pages.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="path">Where, below the portal's base.</param>
    /// <param name="assembly">The assembly that carries it.</param>
    /// <param name="resource">Its name there.</param>
    /// <param name="contentType">Its type.</param>
    public static void MapLinkPageAsset(this IEndpointRouteBuilder endpoints, string path, Assembly assembly, string resource, string contentType)
    {
        var content = Read(assembly, resource);
        endpoints.MapMethods(path, Reading, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            return Results.Bytes(content, contentType);
        });
    }

    /// <summary>The answer that carries such a page: 200, or 404 for a link that is not valid.</summary>
    public static IResult Page(HttpContext http, string html, bool isValid)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = OnlyFromHere;
        return Results.Content(html, "text/html; charset=utf-8", statusCode: isValid ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is not in {assembly.GetName().Name}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
