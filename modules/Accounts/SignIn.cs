using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record SignInInput(string Email, string Password);

/// <param name="Viewer">Who is signed in now.</param>
/// <param name="Token">For programs: send it as `Authorization: Bearer …`. Browsers use the cookie.</param>
internal sealed record SignInPayload(Asker? Viewer, string? Token);

[MutationType]
internal static class SignIn
{
    /// <summary>Opens a new session. The one that the request came with ends.</summary>
    [AllowAnonymous]
    [Error<InvalidCredentialsError>]
    public static async Task<FieldResult<SignInPayload>> SignInAsync(SignInInput input, Asker? asker, IPasswords passwords, Sessions sessions, CancellationToken cancellationToken)
    {
        var key = EmailAddress.TryParse(input.Email.Trim(), out var address) ? address.SignInKey : "";
        var check = await passwords.CheckAsync(key, input.Password, cancellationToken);
        if (check.PersonId is not { } person || await sessions.OpenAsync(person, asker, cancellationToken) is not var (viewer, secret))
        {
            // Or their access was taken back at this instant. One answer for an unknown address, a wrong password and a lock-out: it tells nothing about who exists. Addresses without a sign-in are counted, too.
            return new InvalidCredentialsError("The address or the password is wrong, or there were too many attempts. Check both; when retryAt is given, wait until then.", check.RetryAt);
        }

        return new SignInPayload(viewer, secret);
    }
}
