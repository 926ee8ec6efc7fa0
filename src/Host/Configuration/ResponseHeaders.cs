using ClientPortal.Platform;

namespace ClientPortal.Host.Configuration;

/// <summary>What every answer says to browsers and caches.</summary>
internal static class ResponseHeaders
{
    private const string OneYear = "max-age=31536000";

    public static void UseResponseHeaders(this WebApplication app)
    {
        var isHttps = app.Services.GetRequiredService<PortalOptions>().PublicUrl.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            // Answers are one person's: no cache may keep them. A page or file that may be kept says so itself.
            headers.CacheControl = "no-store";
            if (isHttps)
            {
                headers.StrictTransportSecurity = OneYear;
            }

            return next(http);
        });
    }
}
