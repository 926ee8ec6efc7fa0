using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record DeactivateStaffMemberInput([property: ID("StaffMember")] Guid Id);

[MutationType]
internal static class DeactivateStaffMember
{
    /// <summary>Shuts a member of staff out: their sessions end at once, and their links die.</summary>
    [Staff(Permission.StaffManage)]
    [Error<NotFoundError>]
    [Error<ConflictError>]
    [NodeType("StaffMember")]
    [PayloadField("staffMember")]
    public static async Task<FieldResult<NodeRef>> DeactivateStaffMemberAsync(DeactivateStaffMemberInput input, DbSession session, DataSources sources, CancellationToken cancellationToken) =>
        (await sources.QueryAsync(session, $"select accounts.deactivate_staff({input.Id})", r => r.GetString(0), cancellationToken))[0] switch
        {
            "OK" => new NodeRef(input.Id),
            "NOT_FOUND" => new NotFoundError(),
            "LAST_MANAGER" => SetStaffPermissions.LastManager,
            _ => ForbiddenError.NotAllowed,
        };
}
