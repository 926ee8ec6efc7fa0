using ClientPortal.Accounts.Contracts;
using ClientPortal.Accounts.Mail;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

/// <param name="Token">The last part of the link in the mail.</param>
/// <param name="Password">The new password.</param>
internal sealed record ResetPasswordInput(string Token, string Password);

/// <param name="Viewer">Who is signed in now.</param>
/// <param name="Token">For programs: send it as `Authorization: Bearer …`. Browsers use the cookie.</param>
internal sealed record ResetPasswordPayload(Asker? Viewer, string? Token);

[MutationType]
internal static class ResetPassword
{
    /// <summary>Uses the link of a reset mail, or of a new staff member's, to set the password, ends every session, and signs in. Whose password it replaces is told by mail.</summary>
    [AllowAnonymous]
    [Error<LinkError>]
    [Error<ValidationError>]
    public static async Task<FieldResult<ResetPasswordPayload>> ResetPasswordAsync(ResetPasswordInput input, Asker? asker, DataSources sources, AccountLinks links, IPasswords passwords, Sessions sessions, CancellationToken cancellationToken)
    {
        if (await OpenedLink.FindAsync(sources, input.Token, cancellationToken) is not { SetsPassword: true } link)
        {
            return LinkError.Invalid;
        }

        if (passwords.Refuse(input.Password, link.Name, link.Email) is { } wrong)
        {
            return new ValidationError(wrong, "input.password");
        }

        var personId = (await sources.QueryAsync(
            DbRole.Auth,
            $"select accounts.reset_password({AccountLinks.HashOf(input.Token)}, {await passwords.HashAsync(input.Password, cancellationToken)}, {Guid.CreateVersion7()}, {PasswordChangedRenderer.Subject(links.Organisation)})",
            r => r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0), cancellationToken))[0];
        if (personId is not { } person || await sessions.OpenAsync(person, asker, cancellationToken) is not var (viewer, secret))
        {
            return LinkError.Invalid; // used at this instant by another request, or of no use any more
        }

        return new ResetPasswordPayload(viewer, secret);
    }
}
