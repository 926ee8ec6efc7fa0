using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

namespace ClientPortal.Accounts;

/// <param name="Token">The last part of the link in the mail.</param>
internal sealed record ConfirmEmailChangeInput(string Token);

/// <param name="Email">The address to sign in with from now on.</param>
internal sealed record ConfirmEmailChangePayload([property: GraphQLType("EmailAddress")] string Email);

[MutationType]
internal static class ConfirmEmailChange
{
    /// <summary>Uses the link that was sent to the new address. The old address is told.</summary>
    [AllowAnonymous]
    [Error<LinkError>]
    [Error<ConflictError>]
    public static async Task<FieldResult<ConfirmEmailChangePayload>> ConfirmEmailChangeAsync(ConfirmEmailChangeInput input, DataSources sources, PortalOptions portal, CancellationToken cancellationToken)
    {
        var (outcome, email) = (await sources.QueryAsync(DbRole.Auth, "select outcome, email from accounts.confirm_email_change($1, $2, $3)",
            r => (r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), cancellationToken,
            new NpgsqlParameter<byte[]> { TypedValue = AccountLinks.HashOf(input.Token) },
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
            new NpgsqlParameter<string> { TypedValue = $"{portal.Organisation}: your address was changed" }))[0];
        return outcome switch
        {
            "OK" => new ConfirmEmailChangePayload(email!), // given with OK
            "TAKEN" => new ConflictError("There is another sign-in with this address. Sign in with it, or choose another address.", "ADDRESS_TAKEN"),
            _ => LinkError.Invalid,
        };
    }
}
