using ClientPortal.Platform;
using Microsoft.Net.Http.Headers;

namespace ClientPortal.Host.Web;

/// <summary>Serves the front end: its files, and its one page for every other path that names no file.</summary>
internal static class WebEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapWeb(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<PortalOptions>();
        var files = WebFile.ReadAll();
        if (!files.TryGetValue("index.html", out var index))
        {
            return; // built without it
        }

        foreach (var file in files.Values.Where(f => f != index))
        {
            app.MapMethods(file.Path, Reading, (HttpContext http) => Send(http, file));
        }

        var logo = portal.Logo is { } path ? Logo.Read(path) : null;
        if (logo is not null)
        {
            app.MapMethods("logo", Reading, (HttpContext http) => Send(http, logo));
        }

        var page = new IndexPage(index, portal, logo is not null);
        // The least of all endpoints. A path that looks like a file's is none of ours: no cache may take the page for a script or a style.
        app.MapMethods("/{**path:nonfile}", Reading, (HttpContext http) => IsData(http.Request.Path) ? Results.NotFound() : page.Answer(http))
            .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
    }

    // What belongs to other endpoints is never answered with the page.
    private static bool IsData(PathString path) => path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/healthz", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/dev", StringComparison.OrdinalIgnoreCase);

    private static IResult Send(HttpContext http, WebFile file)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = file.IsHashed ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        if (file.ContentType == "image/svg+xml")
        {
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox"; // opened by itself it could run scripts
        }

        var content = file.Content;
        var etag = file.ETag;
        if (file.Brotli is not null || file.Gzip is not null)
        {
            headers.Vary = "Accept-Encoding";
            (content, var encoding) = Choose(http.Request, file);
            if (encoding is not null)
            {
                headers.ContentEncoding = encoding;
                etag = $"{etag[..^1]}-{encoding}\"";
            }
        }

        return Results.Bytes(content, file.ContentType, entityTag: new EntityTagHeaderValue(etag));
    }

    private static (byte[] Content, string? Encoding) Choose(HttpRequest request, WebFile file)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding.Where(e => e.Quality is null or > 0).Select(e => e.Value.ToString()).ToList();
        return (file.Brotli, file.Gzip) switch
        {
            ({ } brotli, _) when accepted.Contains("br", StringComparer.OrdinalIgnoreCase) => (brotli, "br"),
            (_, { } gzip) when accepted.Contains("gzip", StringComparer.OrdinalIgnoreCase) => (gzip, "gzip"),
            _ => (file.Content, null),
        };
    }
}
