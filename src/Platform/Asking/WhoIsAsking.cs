using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>Finds out whose session a secret is.</summary>
public sealed class WhoIsAsking(DataSources sources)
{
    /// <summary>The asker, or null when the session is unknown, ended or expired. One round trip.</summary>
    public async Task<Asker?> FindAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        await using var command = sources[DbRole.Auth].CreateCommand("select * from accounts.who(@token); select * from invitations.memberships(@token)");
        command.Parameters.Add(new NpgsqlParameter<string>("token", secret.Token));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var asker = new Asker(
            secret.Token,
            reader.GetGuid(0),
            reader.GetGuid(1),
            Stored.Value<MemberType>(reader.GetString(2)),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetFieldValue<string[]>(5).Select(Stored.Value<Permission>).ToHashSet(),
            reader.IsDBNull(6) ? null : reader.GetGuid(6),
            []);
        await reader.NextResultAsync(cancellationToken);
        var memberships = new List<Membership>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var contactId = reader.GetGuid(0);
            memberships.Add(new Membership(contactId, reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), new DbSession(DbRole.Contact, secret.Token, contactId)));
        }

        return asker with { Memberships = memberships };
    }

    /// <summary>Remembers whose portal was opened last, for the next request that names none.</summary>
    public async Task RememberAsync(Asker asker, Membership membership, CancellationToken cancellationToken)
    {
        if (asker.LastContactId != membership.ContactId)
        {
            await sources.QueryAsync(DbRole.Auth, "select invitations.remember_membership($1, $2)", _ => 0, cancellationToken,
                new NpgsqlParameter<string> { TypedValue = asker.Token }, new NpgsqlParameter<Guid> { TypedValue = membership.ContactId });
        }
    }
}
