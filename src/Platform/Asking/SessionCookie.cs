using Microsoft.AspNetCore.Http;

namespace ClientPortal.Platform.Asking;

/// <summary>The browser's half of a session: a cookie that no script reads and no other site sends.</summary>
public sealed class SessionCookie(IHttpContextAccessor http)
{
    // __Host-: secure, for this host alone, for every path; browsers refuse it otherwise.
    private const string Name = "__Host-portal";

    private static readonly CookieOptions Options = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    /// <summary>The request's cookie, or null. Two cookies of this name are no session's: which of them is meant, nobody can say.</summary>
    public static string? Read(HttpContext request)
    {
        if (request.Request.Headers.Cookie.Count == 0)
        {
            return null;
        }

        var values = request.Request.Headers.Cookie
            .SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Where(pair => pair.StartsWith(Name + "=", StringComparison.Ordinal))
            .Take(2).ToArray();
        return values.Length switch { 0 => null, 1 => values[0][(Name.Length + 1)..], _ => "" };
    }

    /// <summary>Gives the browser its half of a new session.</summary>
    public void Write(SessionSecret secret, TimeSpan lifetime) =>
        Response?.Cookies.Append(Name, secret.Text, new CookieOptions(Options) { MaxAge = lifetime });

    /// <summary>Takes it back.</summary>
    public void Clear() => Response?.Cookies.Delete(Name, Options);

    // No response to write to once a socket is open: programs use the token there.
    private HttpResponse? Response => http.HttpContext is { Response.HasStarted: false } context ? context.Response : null;
}
