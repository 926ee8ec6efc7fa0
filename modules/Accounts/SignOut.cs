using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Accounts;

internal sealed record SignOutPayload(bool SignedOut);

[MutationType]
internal static class SignOut
{
    [AllowAnonymous]
    public static async Task<SignOutPayload> SignOutAsync(Asker? asker, Sessions sessions, CancellationToken cancellationToken)
    {
        if (asker is not null)
        {
            await sessions.EndAsync(asker, cancellationToken);
        }

        return new SignOutPayload(asker is not null);
    }
}
