using Microsoft.AspNetCore.Http;

namespace ClientPortal.GraphQL.Transport;

/// <summary>Sockets are not bound by the same-origin policy, yet carry cookies: the server itself has to look where they come from.</summary>
internal static class SameOrigin
{
    public static bool Check(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        // Every browser says where a socket comes from; a program need not, as long as it brings no browser's cookie.
        return origin.Length == 0 ? http.Request.Headers.Cookie.Count == 0 : Uri.TryCreate(origin, UriKind.Absolute, out var page) && HostString.FromUriComponent(page).Equals(Normalized(http.Request));
    }

    private static HostString Normalized(HttpRequest request) =>
        request.Host.Port is (80 or 443) ? new HostString(request.Host.Host) : request.Host;
}
