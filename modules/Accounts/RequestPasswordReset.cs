using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using Npgsql;

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
    public static async Task<RequestPasswordResetPayload> RequestPasswordResetAsync(RequestPasswordResetInput input, AccountLinks links, DataSources sources, PortalOptions portal, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = Task.Delay(AnsweredAfter, time, cancellationToken);
        _ = EmailAddress.TryParse(input.Email.Trim(), out var address);
        var (id, tokenHash) = links.Create();
        await sources.QueryAsync(DbRole.Auth, "select accounts.request_password_reset($1, $2, $3, $4, $5)", _ => 0, cancellationToken,
            new NpgsqlParameter<string> { TypedValue = address?.SignInKey ?? "" },
            new NpgsqlParameter<string> { TypedValue = address?.RecipientKey ?? "" },
            new NpgsqlParameter<Guid> { TypedValue = id },
            new NpgsqlParameter<byte[]> { TypedValue = tokenHash },
            new NpgsqlParameter<string> { TypedValue = $"{portal.Organisation}: choose a new password" });
        await answer;
        return new RequestPasswordResetPayload(true);
    }
}
