using ClientPortal.GraphQL;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Platform.Asking;

/// <summary>Staff only; with a permission, only staff who have it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class StaffAttribute : AuthorizeAttribute
{
    private readonly Permission? _permission;

    /// <summary>Any staff member.</summary>
    public StaffAttribute()
    {
    }

    /// <summary>Staff members who have <paramref name="permission"/>.</summary>
    public StaffAttribute(Permission permission) => _permission = permission;

    /// <inheritdoc/>
    public override Type ErrorType => typeof(ForbiddenError);

    /// <inheritdoc/>
    public override ValueTask<UserError?> CheckAsync(ResolverContext context) => new(context.Request.Get<Asker>() switch
    {
        null => ForbiddenError.NotSignedIn,
        { MemberType: MemberType.Staff } staff when _permission is not { } permission || staff.Permissions.Contains(permission) => (UserError?)null,
        _ => ForbiddenError.NotAllowed,
    });
}
