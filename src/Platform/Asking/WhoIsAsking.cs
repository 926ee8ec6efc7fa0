using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>Finds out whose session a secret is.</summary>
public sealed class WhoIsAsking(DataSources sources)
{
    // One row a membership, at least one; positional parameters, so that Npgsql need not read the text.
    private const string Find = """
        select w.session_id, w.person_id, w.member_type, w.name, w.email, w.permissions, w.last_contact_id, m.contact_id, m.client_id, m.client_name, m.since
        from accounts.who($1) w left join lateral invitations.memberships($1) m on true
        order by m.client_name, m.contact_id
        """;

    /// <summary>The asker, or null when the session is unknown, ended or expired. One statement.</summary>
    public async Task<Asker?> FindAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        await using var command = sources[DbRole.Auth].CreateCommand(Find);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = secret.Token });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var memberships = new List<Membership>();
        var asker = new Asker(
            secret.Token,
            reader.GetGuid(0),
            reader.GetGuid(1),
            Stored.Value<MemberType>(reader.GetString(2)),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetFieldValue<string[]>(5).Select(Stored.Value<Permission>).ToHashSet(),
            reader.IsDBNull(6) ? null : reader.GetGuid(6),
            memberships);
        if (reader.IsDBNull(7))
        {
            return asker;
        }

        do
        {
            var contactId = reader.GetGuid(7);
            memberships.Add(new Membership(contactId, reader.GetGuid(8), reader.GetString(9), reader.GetFieldValue<DateTimeOffset>(10), new DbSession(DbRole.Contact, secret.Token, contactId)));
        }
        while (await reader.ReadAsync(cancellationToken));
        return asker;
    }

    /// <summary>Remembers whose portal was opened last, for the next request that names none.</summary>
    public async Task RememberAsync(Asker asker, Membership membership, CancellationToken cancellationToken)
    {
        if (asker.LastContactId != membership.ContactId)
        {
            await sources.QueryAsync(DbRole.Auth, $"select invitations.remember_membership({asker.Token}, {membership.ContactId})", _ => 0, cancellationToken);
        }
    }
}
