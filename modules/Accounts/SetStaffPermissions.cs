using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record SetStaffPermissionsInput([property: ID("StaffMember")] Guid Id, IReadOnlyList<Permission> Permissions);

[MutationType]
internal static class SetStaffPermissions
{
    internal static readonly ConflictError LastManager = new("Nobody else can manage staff. Give STAFF_MANAGE to somebody else first.", "LAST_STAFF_MANAGER");

    /// <summary>Sets what a member of staff may do to exactly these permissions, from their next request on.</summary>
    [Staff(Permission.StaffManage)]
    [Error<NotFoundError>]
    [Error<ConflictError>]
    [NodeType("StaffMember")]
    [PayloadField("staffMember")]
    public static async Task<FieldResult<NodeRef>> SetStaffPermissionsAsync(SetStaffPermissionsInput input, DbSession session, DataSources sources, CancellationToken cancellationToken) =>
        (await sources.QueryAsync(session, $"select accounts.set_staff_permissions({input.Id}, {AddStaffMember.NamesOf(input.Permissions)})", r => r.GetString(0), cancellationToken))[0] switch
        {
            "OK" => new NodeRef(input.Id),
            "NOT_FOUND" => new NotFoundError(),
            "LAST_MANAGER" => LastManager,
            _ => ForbiddenError.NotAllowed,
        };
}
