using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

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
    public static async Task<FieldResult<RequestEmailChangePayload>> RequestEmailChangeAsync(RequestEmailChangeInput input, Asker? asker, DataSources sources, IPasswords passwords, AccountLinks links, PortalOptions portal, CancellationToken cancellationToken)
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
        await sources.QueryAsync(DbRole.Auth, "select accounts.request_email_change($1, $2, $3, $4, $5, $6, $7)", _ => 0, cancellationToken,
            new NpgsqlParameter<string> { TypedValue = me.Token },
            new NpgsqlParameter<string> { TypedValue = address.Text },
            new NpgsqlParameter<string> { TypedValue = address.SignInKey },
            new NpgsqlParameter<string> { TypedValue = address.RecipientKey },
            new NpgsqlParameter<Guid> { TypedValue = id },
            new NpgsqlParameter<byte[]> { TypedValue = tokenHash },
            new NpgsqlParameter<string> { TypedValue = $"{portal.Organisation}: confirm your new address" });
        return new RequestEmailChangePayload(true);
    }
}
