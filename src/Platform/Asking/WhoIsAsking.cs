using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>
/// Finds out whose session a secret is, anew for every request. While one statement is under way, those who come wait and then ask
/// together: the more there are, the less each costs, and nobody is told what was read before they asked.
/// </summary>
public sealed class WhoIsAsking(DataSources sources)
{
    private const int MostTogether = 500;

    private readonly Lock _gate = new();
    private readonly Queue<Question> _waiting = [];
    private bool _isAsking;

    /// <summary>The asker, or null when the session is unknown, ended or expired. At most one statement.</summary>
    public async Task<Asker?> FindAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new Question(secret.Token);
        bool asks;
        lock (_gate)
        {
            asks = !_isAsking;
            _isAsking = true;
            if (!asks)
            {
                _waiting.Enqueue(question);
            }
        }

        // No answer means: it is this one's turn to ask, for itself and whoever waits by now. It must not walk away then, so nothing cancels it.
        var answers = asks ? null : await question.Answers.Task;
        return (answers ?? await AskAsync(question)).GetValueOrDefault(secret.Token);
    }

    private async Task<Dictionary<string, Asker>> AskAsync(Question own)
    {
        var others = new List<Question>();
        try
        {
            lock (_gate)
            {
                while (others.Count < MostTogether && _waiting.TryDequeue(out var other))
                {
                    others.Add(other);
                }
            }

            var answers = await ReadAsync([.. others.Select(q => q.Token).Append(own.Token).Distinct()]);
            others.ForEach(q => q.Answers.SetResult(answers));
            return answers;
        }
        catch (Exception failure)
        {
            others.ForEach(q => q.Answers.SetException(failure));
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _isAsking = _waiting.TryDequeue(out var next);
                next?.Answers.SetResult(null);
            }
        }
    }

    private async Task<Dictionary<string, Asker>> ReadAsync(string[] tokens)
    {
        // One row a membership, at least one a session.
        var rows = await sources.QueryAsync(
            DbRole.Auth,
            $"""
            select t.token, w.session_id, w.person_id, w.member_type, w.name, w.email, w.permissions, w.last_contact_id, m.contact_id, m.client_id, m.client_name, m.since, m.picked
            from unnest({tokens}) t (token) cross join lateral accounts.who(t.token) w left join lateral invitations.memberships(t.token) m on true
            """,
            row => (Asker: AskerOf(row), Membership: MembershipOf(row)), CancellationToken.None);
        return rows.GroupBy(r => r.Asker.Token).ToDictionary(
            session => session.Key,
            session => session.First().Asker with
            {
                Memberships = [.. session.Select(r => r.Membership).OfType<Membership>().OrderBy(m => m.ClientName, StringComparer.Ordinal).ThenBy(m => m.ContactId)],
            });
    }

    private static Asker AskerOf(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetGuid(1),
        row.GetGuid(2),
        Stored.Value<MemberType>(row.GetString(3)),
        row.GetString(4),
        row.GetString(5),
        row.GetFieldValue<string[]>(6).Select(Stored.Value<Permission>).ToHashSet(),
        row.IsDBNull(7) ? null : row.GetGuid(7),
        []);

    private static Membership? MembershipOf(NpgsqlDataReader row)
    {
        if (row.IsDBNull(8))
        {
            return null;
        }

        var contactId = row.GetGuid(8);
        return new Membership(contactId, row.GetGuid(9), row.GetString(10), row.GetFieldValue<DateTimeOffset>(11), new DbSession(DbRole.Contact, row.GetString(0), contactId, row.GetString(12)));
    }

    /// <summary>Remembers whose portal was opened last, for the next request that names none.</summary>
    public async Task RememberAsync(Asker asker, Membership membership, CancellationToken cancellationToken)
    {
        if (asker.LastContactId != membership.ContactId)
        {
            await sources.QueryAsync(DbRole.Auth, $"select invitations.remember_membership({asker.Token}, {membership.ContactId})", _ => 0, cancellationToken);
        }
    }

    /// <summary>Somebody who waits: for what another's statement found, by token, or (null) for their turn to ask.</summary>
    private sealed class Question(string token)
    {
        public string Token { get; } = token;

        public TaskCompletionSource<Dictionary<string, Asker>?> Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
