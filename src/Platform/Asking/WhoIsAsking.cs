using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>Finds out whose session a secret is.</summary>
public sealed class WhoIsAsking(DataSources sources)
{
    /// <summary>The asker, or null when the session is unknown, ended or expired. One statement.</summary>
    public async Task<Asker?> FindAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        // One row a membership, at least one.
        var rows = await sources.QueryAsync(
            DbRole.Auth,
            $"""
            select w.session_id, w.person_id, w.member_type, w.name, w.email, w.permissions, w.last_contact_id, m.contact_id, m.client_id, m.client_name, m.since
            from accounts.who({secret.Token}) w left join lateral invitations.memberships({secret.Token}) m on true
            order by m.client_name, m.contact_id
            """,
            row => (Asker: AskerOf(secret, row), Membership: MembershipOf(secret, row)), cancellationToken);
        return rows is [var first, ..] ? first.Asker with { Memberships = [.. rows.Select(r => r.Membership).OfType<Membership>()] } : null;
    }

    private static Asker AskerOf(SessionSecret secret, NpgsqlDataReader row) => new(
        secret.Token,
        row.GetGuid(0),
        row.GetGuid(1),
        Stored.Value<MemberType>(row.GetString(2)),
        row.GetString(3),
        row.GetString(4),
        row.GetFieldValue<string[]>(5).Select(Stored.Value<Permission>).ToHashSet(),
        row.IsDBNull(6) ? null : row.GetGuid(6),
        []);

    private static Membership? MembershipOf(SessionSecret secret, NpgsqlDataReader row)
    {
        if (row.IsDBNull(7))
        {
            return null;
        }

        var contactId = row.GetGuid(7);
        return new Membership(contactId, row.GetGuid(8), row.GetString(9), row.GetFieldValue<DateTimeOffset>(10), new DbSession(DbRole.Contact, secret.Token, contactId));
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
