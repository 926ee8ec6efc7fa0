using System.Collections.Concurrent;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>
/// Reads new events once a host, however many follow them: five thousand subscribers who each asked would be five thousand
/// statements an event. The events are read under the rights of one of the followers, and then every follower's session is
/// asked about, all in one statement. That is the same as each reading for itself as long as the policy of invitations.event
/// tells staff with the permission not apart; one that did would have to end this sharing.
/// </summary>
internal sealed partial class InvitationFeed(DataSources sources, DatabaseSignals signals, TimeProvider time, ILogger<InvitationFeed> log) : BackgroundService
{
    private const int LargestWave = 500;

    // Rights that were taken away end the stream within two seconds, also when nothing happens.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // Less than it takes to tell one follower: an invitation, and the steps of its mail that come right after it, go together in one wave, and
    // in one write to each follower, which costs about the same however many they are. Nobody hears of the last of them later than without.
    private static readonly TimeSpan PauseForEach = TimeSpan.FromMicroseconds(6);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Following, byte> _following = [];
    private InvitationWave _newest = new(0, 0, [], new HashSet<string>(), new Dictionary<string, string>());

    /// <summary>The newest wave.</summary>
    public InvitationWave Newest => Volatile.Read(ref _newest);

    /// <summary>From now on, waves ask about this session. Dispose of it to stop.</summary>
    public Following Follow(DbSession session)
    {
        var following = new Following(this, session);
        _following.TryAdd(following, 0);
        return following;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.InvitationEvent);
        (DbSession Session, long? Seen)? reader = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var again = false;
            try
            {
                (reader, again) = await ReadWaveAsync(reader, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                Interrupted(e); // nobody hears anything meanwhile; what is missed now is in the next wave
                await Task.Delay(LongestWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!again && await signal.WaitAsync(LongestWait, stoppingToken) && PauseForEach * _following.Count is { TotalMilliseconds: >= 1 } pause)
            {
                await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken);
                signal.Forget();
            }
        }
    }

    // The session that read, which reads again next time, and up to where it got; whether there may be more at once.
    private async Task<((DbSession, long?)?, bool)> ReadWaveAsync((DbSession Session, long? Seen)? reader, CancellationToken cancellationToken)
    {
        var sessions = _following.Keys.Select(f => f.Session).DistinctBy(s => s.Token).ToDictionary(s => s.Token ?? "", StringComparer.Ordinal);
        if (sessions.Count == 0)
        {
            return (null, false);
        }

        var session = reader is { } last && sessions.ContainsKey(last.Session.Token ?? "") ? last.Session : sessions.Values.First();
        var read = await InvitationEvents.ReadAsync(sources, session, reader?.Seen, clientId: null, LargestWave, cancellationToken);
        var rights = await StaffRights.OfInvitersAsync(sources, sessions.Keys, cancellationToken);
        if (reader?.Seen is null || read is { Changes.Count: > 0 } || rights.Count < sessions.Count) // the first one tells those who came before it where it begins
        {
            var upTo = read?.UpTo ?? reader?.Seen ?? 0;
            Tell(reader?.Seen ?? upTo, upTo, read?.Changes ?? [], sessions.Keys.ToHashSet(StringComparer.Ordinal), rights);
        }

        if (read is not null)
        {
            return ((session, read.UpTo), read.More);
        }

        // The one who read may no longer: another goes on from there.
        return rights.Count > 0 ? ((sessions[rights.Keys.First()], reader?.Seen), true) : (null, false);
    }

    private void Tell(long after, long upTo, IReadOnlyList<InvitationStatusChange> events, HashSet<string> asked, Dictionary<string, string> rights)
    {
        // Nearly always they are those of the wave before: one who is slow holds on to waves, and these are the most of them.
        var last = Newest;
        var isSame = last.Asked.SetEquals(asked) && last.Rights.Count == rights.Count && rights.All(r => last.Rights.GetValueOrDefault(r.Key) == r.Value);
        var wave = isSame ? new InvitationWave(after, upTo, events, last.Asked, last.Rights) : new InvitationWave(after, upTo, events, asked, rights);
        Volatile.Write(ref _newest, wave);
        last.Precede(wave);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading invitation events was interrupted; it begins again")]
    private partial void Interrupted(Exception exception);

    /// <summary>One who follows.</summary>
    internal sealed class Following(InvitationFeed feed, DbSession session) : IDisposable
    {
        public DbSession Session { get; } = session;

        public void Dispose() => feed._following.TryRemove(this, out _);
    }
}
