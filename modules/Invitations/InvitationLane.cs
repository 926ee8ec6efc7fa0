using System.Collections.Concurrent;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

/// <summary>
/// Some of those who follow on a host, not too many: they are asked about in one statement, and told as soon as it is answered,
/// while the database is asked about the next ones.
/// </summary>
internal sealed class InvitationLane
{
    private const int Room = 1000;

    private readonly ConcurrentDictionary<InvitationFollowing, byte> _following = [];
    private int _count;
    private InvitationWave _newest = new(new InvitationBatch(0, 0, []), new HashSet<string>(), new Dictionary<string, string>());

    /// <summary>The newest wave.</summary>
    public InvitationWave Newest => Volatile.Read(ref _newest);

    /// <summary>How many follow, of any number of sessions.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool HasRoom => Count < Room;

    public IEnumerable<DbSession> Sessions => _following.Keys.Select(f => f.Session);

    public InvitationFollowing Add(DbSession session)
    {
        var following = new InvitationFollowing(this, session);
        Interlocked.Increment(ref _count);
        _following.TryAdd(following, 0);
        return following;
    }

    public void Remove(InvitationFollowing following)
    {
        if (_following.TryRemove(following, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Asks about the sessions of those who follow at this moment, by token.</summary>
    public async Task<(HashSet<string> Asked, Dictionary<string, string> Rights)> AskAsync(DataSources sources, CancellationToken cancellationToken)
    {
        var asked = Sessions.Select(s => s.Token ?? "").ToHashSet(StringComparer.Ordinal);
        return (asked, asked.Count == 0 ? [] : await StaffRights.OfInvitersAsync(sources, asked, cancellationToken));
    }

    public void Tell(InvitationBatch batch, HashSet<string> asked, Dictionary<string, string> rights)
    {
        // Nearly always they are those of the wave before: one who is slow holds on to waves, and these are the most of them.
        var last = Newest;
        var isSame = last.Asked.SetEquals(asked) && last.Rights.Count == rights.Count && rights.All(r => last.Rights.GetValueOrDefault(r.Key) == r.Value);
        var wave = isSame ? new InvitationWave(batch, last.Asked, last.Rights) : new InvitationWave(batch, asked, rights);
        Volatile.Write(ref _newest, wave);
        last.Precede(wave);
    }
}

/// <summary>One who follows. Dispose of it to stop.</summary>
internal sealed class InvitationFollowing(InvitationLane lane, DbSession session) : IDisposable
{
    public DbSession Session { get; } = session;

    /// <summary>The newest wave of those whom it is told with.</summary>
    public InvitationWave Newest => lane.Newest;

    public void Dispose() => lane.Remove(this);
}
