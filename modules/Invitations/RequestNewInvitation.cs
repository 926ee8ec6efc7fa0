using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

internal sealed record RequestNewInvitationInput(string Token);

internal sealed record RequestNewInvitationPayload(bool Accepted);

[MutationType]
internal static class RequestNewInvitation
{
    /// <summary>Asks for a fresh link with an expired one. The answer never tells whether one was sent.</summary>
    [AllowAnonymous]
    public static async Task<RequestNewInvitationPayload> RequestNewInvitationAsync(RequestNewInvitationInput input, InvitationLinks links, InvitationSending sending, DataSources sources, CancellationToken cancellationToken)
    {
        var (id, tokenHash) = links.Create();
        await sources.QueryAsync(DbRole.Auth, $"select invitations.request_new({InvitationLinks.HashOf(input.Token)}, {id}, {tokenHash}, {sending.Subject})", _ => 0, cancellationToken);
        return new RequestNewInvitationPayload(true);
    }
}
