using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

namespace ClientPortal.Accounts;

internal sealed record SignInInput(string Email, string Password);

/// <param name="Viewer">Who is signed in now.</param>
/// <param name="Token">For programs: send it as `Authorization: Bearer …`. Browsers use the cookie.</param>
internal sealed record SignInPayload(Asker? Viewer, string? Token);

[MutationType]
internal static class SignIn
{
    // One answer for an unknown address, a wrong password and a locked sign-in, after the same work: it tells nothing about who exists.
    private static readonly InvalidCredentialsError Refused = new("The address or the password is wrong, or there were too many attempts. Check both, or wait five minutes and try again.");

    [AllowAnonymous]
    [Error<InvalidCredentialsError>]
    public static async Task<FieldResult<SignInPayload>> SignInAsync(SignInInput input, DataSources sources, IPasswords passwords, Sessions sessions, CancellationToken cancellationToken)
    {
        var key = EmailAddress.TryParse(input.Email.Trim(), out var address) ? address.SignInKey : "";
        var (personId, hash, locked) = (await sources.QueryAsync(DbRole.Auth, "select person_id, password_hash, locked_until from accounts.sign_in_lookup($1)",
            r => (r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0), r.IsDBNull(1) ? null : r.GetString(1), !r.IsDBNull(2)),
            cancellationToken, new NpgsqlParameter<string> { TypedValue = key }))[0];
        var right = passwords.Verify(hash, input.Password);
        if (personId is not { } person || locked)
        {
            return Refused;
        }

        if (!right)
        {
            await sources.QueryAsync(DbRole.Auth, "select accounts.sign_in_failed($1)", _ => 0, cancellationToken, new NpgsqlParameter<Guid> { TypedValue = person });
            return Refused;
        }

        var (asker, secret) = await sessions.OpenAsync(person, cancellationToken);
        return new SignInPayload(asker, secret);
    }
}
