using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Accounts;

internal sealed record RequestPasswordResetInput(string Email);

internal sealed record RequestPasswordResetPayload(bool Accepted);

[MutationType]
internal static class RequestPasswordReset
{
    // Many times what the work takes: queueing a mail, or none, ends long before.
    private static readonly TimeSpan AnsweredAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends a link to choose a new password with, if the address has a sign-in. The answer, and the time that it takes, never tell whether one was sent.</summary>
    [AllowAnonymous]
    public static async Task<RequestPasswordResetPayload> RequestPasswordResetAsync(RequestPasswordResetInput input, AccountLinks links, DataSources sources, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        _ = EmailAddress.TryParse(input.Email.Trim(), out var address);
        var (id, tokenHash) = links.Create();
        await sources.QueryAsync(
            DbRole.Auth,
            $"select accounts.request_password_reset({address?.SignInKey ?? ""}, {address?.RecipientKey ?? ""}, {id}, {tokenHash}, {$"{links.Organisation}: choose a new password"})",
            _ => 0, cancellationToken);
        while (AnsweredAfter - time.GetElapsedTime(asked) is { Ticks: > 0 } left)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellationToken); // timers may be early
        }

        return new RequestPasswordResetPayload(true);
    }
}
