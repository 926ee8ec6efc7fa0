using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

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

    public static async Task<IReadOnlyList<IReadOnlyList<Permission>>> GetPermissionsAsync([Parent] IReadOnlyList<StaffMember> members, AccountsDb db, CancellationToken cancellationToken)
    {
        var ids = members.Select(m => m.Id).ToArray();
        var permissions = (await db.Permissions.Where(p => ids.Contains(p.PersonId)).ToListAsync(cancellationToken)).ToLookup(p => p.PersonId, p => p.Permission);
        return [.. members.Select(m => permissions[m.Id].Order().ToArray())];
    }

    public static bool GetActive([Parent] StaffMember member) => member.Active;

    [NodeResolver]
    public static async Task<IReadOnlyList<StaffMember?>> GetStaffByIdAsync(IReadOnlyList<Guid> ids, DbSession session, AccountsDb db, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new StaffMember?[ids.Count]; // contacts' role has no right to the table at all
        }

        var members = await db.Staff.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
        return [.. ids.Select(members.GetValueOrDefault)];
    }
}

[QueryType]
internal static class StaffQueries
{
    private static readonly Keyset<StaffMember> ByName = new Keyset<StaffMember>().Ascending(m => m.Name).Ascending(m => m.Id);

    [Staff(Permission.StaffManage)]
    public static Task<Connection<StaffMember>> GetStaffAsync(PagingArguments paging, Pager<AccountsDb> pager, CancellationToken cancellationToken) =>
        pager.PageAsync(db => db.Staff, ByName, paging, cancellationToken);
}
