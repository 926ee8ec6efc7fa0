using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Accounts;

[ObjectType<StaffMember>]
[Node]
internal static class StaffMemberType
{
    [ID]
    public static Guid GetId([Parent] StaffMember member) => member.Id;

    public static string GetName([Parent] StaffMember member) => member.Name;

    [GraphQLType("EmailAddress")]
    public static string GetEmail([Parent] StaffMember member) => member.Email;

    public static async Task<IReadOnlyList<IReadOnlyList<Permission>>> GetPermissionsAsync([Parent] IReadOnlyList<StaffMember> members, Statements sql, CancellationToken cancellationToken)
    {
        var ids = members.Select(m => m.Id).ToArray();
        var permissions = (await sql.RowsAsync<StaffPermission>($"where person_id = any({ids})", cancellationToken)).ToLookup(p => p.PersonId, p => p.Permission);
        return [.. members.Select(m => permissions[m.Id].Order().ToArray())];
    }

    public static bool GetActive([Parent] StaffMember member) => member.Active;

    [NodeResolver]
    public static async Task<IReadOnlyList<StaffMember?>> GetStaffByIdAsync(IReadOnlyList<Guid> ids, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new StaffMember?[ids.Count]; // contacts' role has no right to the table at all
        }

        return await sql.ByIdAsync<StaffMember>(ids, m => m.Id, cancellationToken);
    }
}

[QueryType]
internal static class StaffQueries
{
    private static readonly Keyset<StaffMember> ByName = new Keyset<StaffMember>().Ascending(m => m.Name).Ascending(m => m.Id);

    [Staff(Permission.StaffManage)]
    public static Task<Connection<StaffMember>> GetStaffAsync(PagingArguments paging, Statements sql, CancellationToken cancellationToken) =>
        sql.PageAsync(ByName, new(), paging, cancellationToken);
}
