using ClientPortal.Platform.Database;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.Platform.Asking;

/// <summary>Opens and ends sessions. A session is a row; the browser gets a cookie, a program the same secret as a bearer token.</summary>
public sealed class Sessions(DataSources sources, PortalOptions portal, WhoIsAsking whoIsAsking, SessionCookie cookie, IHttpContextAccessor http)
{
    /// <summary>
    /// Signs the person in with a new secret, also in the browser that asked, and tells who they now are. The session that the
    /// request came with, by cookie or as a bearer token, ends: nobody who knows its secret shall stay. Null: somebody took their
    /// access back at this instant, and the new session ended with it.
    /// </summary>
    public async Task<(Asker Asker, string Secret)?> OpenAsync(Guid personId, Asker? replaces, CancellationToken cancellationToken)
    {
        var secret = SessionSecret.Create();
        await sources.QueryAsync(
            DbRole.Auth,
            $"select accounts.open_session({Guid.CreateVersion7()}, {secret.Token}, {personId}, {http.HttpContext?.Request.Headers.UserAgent.ToString()}, {ClientNetwork.Of(http.HttpContext)}, {replaces?.Token}, {portal.SessionIdle}, {portal.SessionAbsolute})",
            _ => 0, cancellationToken);
        if (await whoIsAsking.FindAsync(secret, cancellationToken) is not { } asker)
        {
            return null;
        }

        cookie.Write(secret, portal.SessionAbsolute);
        return (asker, secret.Text);
    }

    /// <summary>Ends the asker's session at once.</summary>
    public async Task EndAsync(Asker asker, CancellationToken cancellationToken)
    {
        await sources.QueryAsync(DbRole.Auth, $"select accounts.end_session({asker.Token})", _ => 0, cancellationToken);
        cookie.Clear();
    }
}
