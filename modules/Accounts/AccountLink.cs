using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Accounts;

/// <summary>What the holder of a mailed link may know before they use it.</summary>
/// <param name="SetsPassword">Whether it lets its holder choose a password; otherwise it confirms an address.</param>
/// <param name="Name">Whose sign-in it is about.</param>
/// <param name="Email">The address to sign in with once the link is used.</param>
/// <param name="ExpiresAt">When the link ends.</param>
[ObjectType]
internal sealed record AccountLink(bool SetsPassword, string Name, [property: GraphQLType("EmailAddress")] string Email, DateTimeOffset ExpiresAt);

[QueryType]
internal static class AccountLinkQueries
{
    /// <summary>What the page behind a mail of this module shows. Null for a link that is not valid: unknown, used, replaced and expired ones look alike. Asking consumes nothing.</summary>
    [AllowAnonymous]
    public static async Task<AccountLink?> GetAccountLinkAsync(string token, DataSources sources, CancellationToken cancellationToken) =>
        await OpenedLink.FindAsync(sources, token, cancellationToken) is { } link
            ? new AccountLink(link.SetsPassword, link.Name, link.NewEmail ?? link.Email, link.ExpiresAt)
            : null;
}
