using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

/// <param name="Email">The new address.</param>
/// <param name="Password">The password of the one who is signed in.</param>
internal sealed record RequestEmailChangeInput([property: GraphQLType("EmailAddress")] string Email, string Password);

internal sealed record RequestEmailChangePayload(bool Accepted);

[MutationType]
internal static class RequestEmailChange
{
    /// <summary>Sends a link to the new address; the address that one signs in with changes once it is confirmed there.</summary>
    [SignedIn]
    [Error<InvalidCredentialsError>]
    [Error<ValidationError>]
    public static async Task<FieldResult<RequestEmailChangePayload>> RequestEmailChangeAsync(RequestEmailChangeInput input, Asker? asker, DataSources sources, IPasswords passwords, AccountLinks links, CancellationToken cancellationToken)
    {
        var me = asker!; // the rule lets nobody else through
        if (!EmailAddress.TryParse(input.Email, out var address) || address.Text == me.Email)
        {
            return new ValidationError("Give another address than the present one, like name@example.com.", "input.email");
        }

        if (await ChangePassword.CheckOwnAsync(passwords, me, input.Password, cancellationToken) is { } refused)
        {
            return refused;
        }

        var (id, tokenHash) = links.Create();
        await sources.QueryAsync(DbRole.Auth, $"select accounts.request_email_change({me.Token}, {address.Text}, {address.SignInKey}, {address.RecipientKey}, {id}, {tokenHash}, {$"{links.Organisation}: confirm your new address"})", _ => 0, cancellationToken);
        return new RequestEmailChangePayload(true);
    }
}
