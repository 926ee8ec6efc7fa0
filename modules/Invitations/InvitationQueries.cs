using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

/// <summary>Counts behind the invitation board: every contact stands in one of them.</summary>
[ObjectType]
internal sealed record InvitationSummary(int NotInvited, int Invited, int Onboarded);

[QueryType]
internal static class InvitationQueries
{
    /// <summary>What the page behind an invitation link shows before the contact accepts. Unknown, used, revoked and replaced tokens look alike. Asking consumes nothing.</summary>
    [AllowAnonymous]
    public static async Task<InvitationPage> GetInvitationAsync(string token, DataSources sources, CancellationToken cancellationToken) =>
        (await OpenedLink.FindAsync(sources, token, cancellationToken)).Page;

    /// <summary>Counts behind the invitation board.</summary>
    [Staff(Permission.ClientsInvite)]
    public static async Task<InvitationSummary> GetInvitationSummaryAsync(Statements sql, CancellationToken cancellationToken)
    {
        var counts = (await sql.QueryAsync($"select status, count(*)::int from invitations.standing group by status", r => (Status: Stored.Value<InvitationStatus>(r.GetString(0)), Count: r.GetInt32(1)), cancellationToken)).ToDictionary(s => s.Status, s => s.Count);
        return new(counts.GetValueOrDefault(InvitationStatus.NotInvited), counts.GetValueOrDefault(InvitationStatus.Invited), counts.GetValueOrDefault(InvitationStatus.Onboarded));
    }
}
