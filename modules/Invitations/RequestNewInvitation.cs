using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using Npgsql;

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
        await sources.QueryAsync(DbRole.Auth, "select invitations.request_new($1, $2, $3, $4)", _ => 0, cancellationToken,
            new NpgsqlParameter<byte[]> { TypedValue = InvitationLinks.HashOf(input.Token) },
            new NpgsqlParameter<Guid> { TypedValue = id },
            new NpgsqlParameter<byte[]> { TypedValue = tokenHash },
            new NpgsqlParameter<string> { TypedValue = sending.Subject });
        return new RequestNewInvitationPayload(true);
    }
}
