using ClientPortal.Accounts.Contracts;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Accounts;

/// <summary>Makes the first staff member, with every permission, while there is none.</summary>
public sealed class FirstStaff(DataSources sources, IPasswords passwords)
{
    /// <summary>True when the member was made; false when there is staff already.</summary>
    /// <exception cref="ArgumentException">The address is no e-mail address.</exception>
    public async Task<bool> MakeAsync(string name, string email, string password, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, out var address))
        {
            throw new ArgumentException("Portal:FirstStaff:Email is not an e-mail address.", nameof(email));
        }

        return (await sources.QueryAsync(DbRole.Auth, "select accounts.make_first_staff($1, $2, $3, $4, $5)", r => r.GetBoolean(0), cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
            new NpgsqlParameter<string> { TypedValue = name },
            new NpgsqlParameter<string> { TypedValue = address.Text },
            new NpgsqlParameter<string> { TypedValue = address.SignInKey },
            new NpgsqlParameter<string> { TypedValue = passwords.Hash(password) }))[0];
    }
}
