using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.Platform.Asking;

/// <summary>
/// Finds out who asks: by cookie (browsers) or bearer token (programs; on a socket in <c>connection_init</c>). A query begins with
/// what is remembered of the session, and is answered once that is confirmed. A request
/// that carries both, or a secret that is no live session's, is refused rather than taken for somebody else.
/// </summary>
internal sealed class RequestIdentity(WhoIsAsking whoIsAsking, SessionCookie cookie, LiveSessions sessions) : IGraphQLRequestInitializer
{
    private const string Bearer = "Bearer ";

    public async ValueTask<bool> InitializeAsync(HttpContext http, JsonElement connectionInit, GraphQLRequestContext context, CancellationToken cancellationToken)
    {
        context.RootScope = DbSession.Nobody;
        if (!Presented(http, connectionInit, out var secret))
        {
            return true;
        }

        var asker = secret is null ? null : (context.MayRunAgain ? whoIsAsking.Recall(secret) : null) ?? await whoIsAsking.FindAsync(secret, cancellationToken);
        if (asker is null)
        {
            if (SessionCookie.Read(http) is not null)
            {
                cookie.Clear(); // so that the next request, a new sign-in perhaps, is not refused for it
            }

            return false;
        }

        context.Set(asker);
        context.RootScope = asker.Session;
        return true;
    }

    public ValueTask<bool> HoldsAsync(GraphQLRequestContext context, CancellationToken cancellationToken) =>
        context.Get<Asker>() is { } asker ? whoIsAsking.IsStillAsync(asker, cancellationToken) : ValueTask.FromResult(true);

    public Task WaitUntilRefusedAsync(HttpContext http, JsonElement connectionInit, CancellationToken cancellationToken) =>
        Presented(http, connectionInit, out var secret) && secret is not null ? sessions.WaitForEndAsync(secret, cancellationToken) : Task.Delay(Timeout.Infinite, cancellationToken);

    // False: the request comes from nobody. A null secret is nobody's.
    private static bool Presented(HttpContext http, JsonElement connectionInit, out SessionSecret? secret)
    {
        var byCookie = SessionCookie.Read(http);
        var authorization = http.Request.Headers.Authorization.Count > 0 ? http.Request.Headers.Authorization.ToString() : OnSocket(connectionInit);
        secret = (byCookie, authorization) switch
        {
            ({ } text, null) => SessionSecret.Parse(text),
            (null, { } text) when text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => SessionSecret.Parse(text[Bearer.Length..]),
            _ => null,
        };
        return byCookie is not null || authorization is not null;
    }

    private static string? OnSocket(JsonElement connectionInit) =>
        connectionInit.ValueKind == JsonValueKind.Object && connectionInit.TryGetProperty("authorization", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
