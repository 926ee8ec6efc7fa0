using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal sealed record UpdateProfileInput(string Name);

internal sealed record UpdateProfilePayload(Asker? Viewer);

[MutationType]
internal static class UpdateProfile
{
    /// <summary>Changes how the one who is signed in is called.</summary>
    [SignedIn]
    [Error<ValidationError>]
    public static async Task<FieldResult<UpdateProfilePayload>> UpdateProfileAsync(UpdateProfileInput input, Asker? asker, DataSources sources, CancellationToken cancellationToken)
    {
        if (PersonName.Refuse(input.Name) is { } wrong)
        {
            return wrong;
        }

        var me = asker!; // the rule lets nobody else through
        var name = input.Name.Trim();
        await sources.QueryAsync(DbRole.Auth, $"select accounts.update_profile({me.Token}, {name})", _ => 0, cancellationToken);
        return new UpdateProfilePayload(me with { Name = name });
    }
}
