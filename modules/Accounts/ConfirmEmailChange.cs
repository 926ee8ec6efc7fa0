using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

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
    public static async Task<FieldResult<ConfirmEmailChangePayload>> ConfirmEmailChangeAsync(ConfirmEmailChangeInput input, DataSources sources, AccountLinks links, CancellationToken cancellationToken)
    {
        var (outcome, email) = (await sources.QueryAsync(
            DbRole.Auth,
            $"select outcome, email from accounts.confirm_email_change({AccountLinks.HashOf(input.Token)}, {Guid.CreateVersion7()}, {$"{links.Organisation}: your address was changed"})",
            r => (r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), cancellationToken))[0];
        return outcome switch
        {
            "OK" => new ConfirmEmailChangePayload(email!), // given with OK
            "TAKEN" => new ConflictError("There is another sign-in with this address. Sign in with it, or choose another address.", "ADDRESS_TAKEN"),
            _ => LinkError.Invalid,
        };
    }
}
