using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Accounts;

[ObjectType<Asker>(Name = "Viewer")]
internal static class ViewerType
{
    [ID("Viewer")]
    public static Guid GetId([Parent] Asker asker) => asker.PersonId;

    public static string GetName([Parent] Asker asker) => asker.Name;

    [GraphQLType("EmailAddress")]
    public static string GetEmail([Parent] Asker asker) => asker.Email;

    public static MemberType GetMemberType([Parent] Asker asker) => asker.MemberType;

    public static IReadOnlyList<Permission> GetPermissions([Parent] Asker asker) => [.. asker.Permissions.Order()];

    /// <summary>The clients whose portal this person may open.</summary>
    public static IReadOnlyList<Membership> GetMemberships([Parent] Asker asker) => asker.Memberships;

    public static async Task<IReadOnlyList<Session>> GetSessionsAsync([Parent] Asker asker, DataSources sources, CancellationToken cancellationToken) =>
        await sources.QueryAsync(
            DbRole.Auth,
            $"select * from accounts.my_sessions({asker.Token})",
            r => new Session(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<DateTimeOffset>(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4)), cancellationToken);
}

[ObjectType]
internal sealed record Session([property: ID("Session")] Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string? UserAgent, bool Current);

[ObjectType<Membership>]
internal static class MembershipType
{
    [ID("Client")]
    public static Guid GetClientId([Parent] Membership membership) => membership.ClientId;

    public static string GetClientName([Parent] Membership membership) => membership.ClientName;

    public static DateTimeOffset GetSince([Parent] Membership membership) => membership.Since;
}

[QueryType]
internal static class ViewerQueries
{
    /// <summary>Who is signed in; null when nobody is.</summary>
    [AllowAnonymous]
    public static Asker? GetViewer(Asker? asker) => asker;
}
