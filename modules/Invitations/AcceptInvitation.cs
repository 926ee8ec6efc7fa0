using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

/// <param name="Token">The link's last part.</param>
/// <param name="Name">How to be called; the contact's name when left out. Ignored for an address that already has a sign-in.</param>
/// <param name="Password">Sets the sign-in's first password; for an address that already has a sign-in it must be that sign-in's password.</param>
internal sealed record AcceptInvitationInput(string Token, string? Name, string Password);

/// <param name="Viewer">Who is signed in now.</param>
/// <param name="Membership">The portal that is open now.</param>
/// <param name="Token">For programs: send it as `Authorization: Bearer …`. Browsers use the cookie.</param>
internal sealed record AcceptInvitationPayload(Asker? Viewer, Membership? Membership, string? Token);

[MutationType]
internal static class AcceptInvitation
{
    /// <summary>Consumes the token, links the contact to a sign-in, and signs in. The session that the request came with ends.</summary>
    [AllowAnonymous]
    [Error<InvitationLinkError>]
    [Error<ValidationError>]
    [Error<InvalidCredentialsError>]
    [Error<ConflictError>]
    public static async Task<FieldResult<AcceptInvitationPayload>> AcceptInvitationAsync(
        AcceptInvitationInput input, Asker? asker, DataSources sources, IPasswords passwords, Sessions sessions, CancellationToken cancellationToken)
    {
        var link = await OpenedLink.FindAsync(sources, input.Token, cancellationToken);
        var refused = link switch
        {
            { Page.State: InvitationPageState.Invalid } => InvitationLinkError.Invalid,
            { Page.State: InvitationPageState.Expired } => InvitationLinkError.Expired,
            { PersonId: { } person } => await CheckPasswordAsync(link, person, input.Password, passwords, cancellationToken),
            _ => CheckNewSignIn(input, link, passwords),
        };
        if (refused is not null)
        {
            return refused;
        }

        var hash = link.PersonId is null ? await passwords.HashAsync(input.Password, cancellationToken) : null;
        var (outcome, personId, contactId) = await AcceptAsync(sources, input, link.PersonId, hash, cancellationToken);
        switch (outcome)
        {
            case "OK":
                break;
            case "EXPIRED":
                return InvitationLinkError.Expired;
            case "STAFF_ADDRESS":
                return new ConflictError("This address belongs to a member of staff, who cannot be a client's contact as well. Ask for an invitation to another address.", "STAFF_ADDRESS");
            case "EXISTING_ACCOUNT":
                return new InvalidCredentialsError("This address has got a sign-in meanwhile: accept with its password.");
            default:
                return InvitationLinkError.Invalid;
        }

        if (await sessions.OpenAsync(personId, asker, cancellationToken) is not var (viewer, secret))
        {
            return InvitationLinkError.Invalid;
        }

        if (viewer.Memberships.FirstOrDefault(m => m.ContactId == contactId) is { } membership)
        {
            return new AcceptInvitationPayload(viewer, membership, secret);
        }

        // Taken back at this instant: as if it had been a moment earlier.
        await sessions.EndAsync(viewer, cancellationToken);
        return InvitationLinkError.Invalid;
    }

    // The holder of the link knows already that the address has a sign-in; of its password, the answer tells nothing but right or wrong.
    private static async Task<UserError?> CheckPasswordAsync(OpenedLink link, Guid personId, string password, IPasswords passwords, CancellationToken cancellationToken)
    {
        var check = await passwords.CheckAsync(EmailAddress.TryParse(link.Page.Email, out var address) ? address.SignInKey : "", password, cancellationToken);
        return check.PersonId == personId ? null : new InvalidCredentialsError("The password is not that of this address's sign-in, or there were too many attempts. Check it; when retryAt is given, wait until then.", check.RetryAt);
    }

    private static ValidationError? CheckNewSignIn(AcceptInvitationInput input, OpenedLink link, IPasswords passwords) =>
        passwords.Refuse(input.Password, input.Name ?? link.Page.ContactName, link.Page.Email) is { } wrong ? new ValidationError(wrong, "input.password")
        : input.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > 200 || name.Any(char.IsControl)) ? new ValidationError("A name has 1 to 200 characters and no line break.", "input.name")
        : null;

    private static async Task<(string Outcome, Guid PersonId, Guid ContactId)> AcceptAsync(DataSources sources, AcceptInvitationInput input, Guid? verified, string? passwordHash, CancellationToken cancellationToken) =>
        (await sources.QueryAsync(
            DbRole.Auth,
            $"select outcome, person_id, contact_id from invitations.accept({InvitationLinks.HashOf(input.Token)}, {verified}, {Guid.CreateVersion7()}, {input.Name?.Trim()}, {passwordHash})",
            r => r.GetString(0) is "OK" ? ("OK", r.GetGuid(1), r.GetGuid(2)) : (r.GetString(0), Guid.Empty, Guid.Empty), cancellationToken))[0];
}
