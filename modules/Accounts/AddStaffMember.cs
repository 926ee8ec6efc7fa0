using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record AddStaffMemberInput(string Name, [property: GraphQLType("EmailAddress")] string Email, IReadOnlyList<Permission> Permissions);

[MutationType]
internal static class AddStaffMember
{
    /// <summary>Adds a member of staff, and sends them a link to choose a password with.</summary>
    [Staff(Permission.StaffManage)]
    [Error<ValidationError>]
    [Error<ConflictError>]
    [NodeType("StaffMember")]
    [PayloadField("staffMember")]
    public static async Task<FieldResult<NodeRef>> AddStaffMemberAsync(AddStaffMemberInput input, DbSession session, DataSources sources, AccountLinks links, CancellationToken cancellationToken)
    {
        if (PersonName.Refuse(input.Name) is { } wrong)
        {
            return wrong;
        }

        if (!EmailAddress.TryParse(input.Email, out var address))
        {
            return new ValidationError("Give one address, like name@example.com.", "input.email");
        }

        var person = Guid.CreateVersion7();
        var (id, tokenHash) = links.Create();
        var outcome = (await sources.QueryAsync(
            session,
            $"select accounts.add_staff({person}, {input.Name.Trim()}, {address.Text}, {address.SignInKey}, {address.RecipientKey}, {NamesOf(input.Permissions)}, {id}, {tokenHash}, {$"Your sign-in at {links.Organisation}"})",
            r => r.GetString(0), cancellationToken))[0];
        return outcome switch
        {
            "OK" => new NodeRef(person),
            "TAKEN" => new ConflictError("There is a sign-in with this address already. Choose another address.", "ADDRESS_TAKEN"),
            _ => ForbiddenError.NotAllowed,
        };
    }

    /// <summary>As the database writes them.</summary>
    internal static string[] NamesOf(IReadOnlyList<Permission> permissions) => Stored.Texts([.. permissions.Distinct()]);
}
