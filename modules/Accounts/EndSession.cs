using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record EndSessionInput([property: ID("Session")] Guid SessionId);

internal sealed record EndSessionPayload(Asker? Viewer);

[MutationType]
internal static class EndSession
{
    [SignedIn]
    [Error<NotFoundError>]
    public static async Task<FieldResult<EndSessionPayload>> EndSessionAsync(EndSessionInput input, Asker? asker, DataSources sources, SessionCookie cookie, CancellationToken cancellationToken)
    {
        var me = asker!; // the rule lets nobody else through
        var ended = (await sources.QueryAsync(DbRole.Auth, $"select accounts.end_my_session({me.Token}, {input.SessionId})", r => r.GetBoolean(0), cancellationToken))[0];
        if (!ended)
        {
            return new NotFoundError();
        }

        if (input.SessionId == me.SessionId)
        {
            cookie.Clear();
            return new EndSessionPayload(null);
        }

        return new EndSessionPayload(me);
    }
}
