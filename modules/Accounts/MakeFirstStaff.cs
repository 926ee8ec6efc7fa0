using ClientPortal.Accounts.Contracts;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Accounts;

/// <summary>Makes the configured first staff member, with every permission, while there is no staff yet.</summary>
internal sealed class MakeFirstStaff(DataSources sources, IPasswords passwords, PortalOptions options) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.FirstStaff is not { } first)
        {
            return;
        }

        if (!EmailAddress.TryParse(first.Email, out var address))
        {
            throw new FatalException("Portal__FirstStaff__Email is not an e-mail address.");
        }

        // Hashing takes a tenth of a second: not at every start.
        if ((await sources.QueryAsync(DbRole.Auth, $"select accounts.has_staff()", r => r.GetBoolean(0), cancellationToken))[0])
        {
            return;
        }

        await sources.QueryAsync(DbRole.Auth, $"select accounts.make_first_staff({Guid.CreateVersion7()}, {first.Name}, {address.Text}, {address.SignInKey}, {await passwords.HashAsync(first.Password, cancellationToken)})", r => r.GetBoolean(0), cancellationToken);
    }
}
