using ClientPortal.Accounts.Contracts;
using ClientPortal.Accounts.Mail;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record ChangePasswordInput(string CurrentPassword, string NewPassword);

internal sealed record ChangePasswordPayload(Asker? Viewer);

[MutationType]
internal static class ChangePassword
{
    /// <summary>Changes the password of the one who is signed in. All of their other sessions end, and a mail tells them.</summary>
    [SignedIn]
    [Error<InvalidCredentialsError>]
    [Error<ValidationError>]
    public static async Task<FieldResult<ChangePasswordPayload>> ChangePasswordAsync(ChangePasswordInput input, Asker? asker, DataSources sources, AccountLinks links, IPasswords passwords, CancellationToken cancellationToken)
    {
        var me = asker!; // the rule lets nobody else through
        if (passwords.Refuse(input.NewPassword, me.Name, me.Email) is { } wrong)
        {
            return new ValidationError(wrong, "input.newPassword");
        }

        if (await CheckOwnAsync(passwords, me, input.CurrentPassword, cancellationToken) is { } refused)
        {
            return refused;
        }

        await sources.QueryAsync(DbRole.Auth, $"select accounts.change_password({me.Token}, {await passwords.HashAsync(input.NewPassword, cancellationToken)}, {Guid.CreateVersion7()}, {PasswordChangedRenderer.Subject(links.Organisation)})", _ => 0, cancellationToken);
        return new ChangePasswordPayload(me);
    }

    /// <summary>Whoever finds an open session cannot make it theirs for good: the password is asked for, and attempts are counted as those to sign in are.</summary>
    internal static async Task<InvalidCredentialsError?> CheckOwnAsync(IPasswords passwords, Asker me, string password, CancellationToken cancellationToken)
    {
        var check = await passwords.CheckAsync(EmailAddress.TryParse(me.Email, out var address) ? address.SignInKey : "", password, cancellationToken);
        return check.PersonId == me.PersonId ? null : new InvalidCredentialsError("This is not your password, or there were too many attempts. Check it; when retryAt is given, wait until then.", check.RetryAt);
    }
}
