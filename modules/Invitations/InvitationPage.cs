using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Invitations;

internal enum InvitationPageState
{
    /// <summary>The link can be accepted.</summary>
    Open,

    /// <summary>Its time ran out; a new one can be asked for.</summary>
    Expired,

    /// <summary>Unknown, used, replaced or taken back.</summary>
    Invalid,
}

/// <summary>What the holder of a link may know.</summary>
/// <param name="State">Whether it can be accepted.</param>
/// <param name="ContactName">Who is invited.</param>
/// <param name="ClientName">To which client's portal.</param>
/// <param name="Email">Where the link was sent, and the sign-in's address.</param>
/// <param name="ExpiresAt">When the link ends or ended.</param>
/// <param name="ExistingAccount">The address already has a sign-in: accept by signing in.</param>
/// <param name="InvitedBy">Who on the organisation's side sent it; null when nobody in particular did.</param>
[ObjectType]
internal sealed record InvitationPage(
    InvitationPageState State, string? ContactName, string? ClientName, [property: GraphQLType("EmailAddress")] string? Email, DateTimeOffset? ExpiresAt, bool ExistingAccount, string? InvitedBy)
{
    public static InvitationPage Invalid { get; } = new(InvitationPageState.Invalid, null, null, null, null, false, null);
}

/// <summary>The database's answer for a link: the page, and the sign-in of its address.</summary>
internal sealed record OpenedLink(InvitationPage Page, Guid? PersonId)
{
    /// <summary>Looks the link up and changes nothing: mail scanners open links, too.</summary>
    public static async Task<OpenedLink> FindAsync(DataSources sources, string token, CancellationToken cancellationToken) =>
        (await sources.QueryAsync(DbRole.Auth, $"select state, contact_name, client_name, email, expires_at, invited_by, existing_person from invitations.page({InvitationLinks.HashOf(token)})", Read, cancellationToken)).SingleOrDefault()
        ?? new OpenedLink(InvitationPage.Invalid, null);

    private static OpenedLink Read(NpgsqlDataReader r)
    {
        var open = r.GetString(0) == "OPEN";
        var person = r.IsDBNull(6) ? (Guid?)null : r.GetGuid(6);
        // An expired link may have come into other hands: it still says for whom it was, no longer where to.
        var page = new InvitationPage(open ? InvitationPageState.Open : InvitationPageState.Expired, r.GetString(1), r.GetString(2), open ? r.GetString(3) : null, r.GetFieldValue<DateTimeOffset>(4), open && person is not null, r.IsDBNull(5) ? null : r.GetString(5));
        return new OpenedLink(page, person);
    }
}
