using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>
/// Reads new events once a host, however many follow them: five thousand subscribers who each asked would be five thousand
/// statements an event. The events are read under the rights of one of the followers, and then every follower's session is
/// asked about, a thousand in one statement. That is the same as each reading for itself as long as the policy of invitations.event
/// tells staff with the permission not apart; one that did would have to end this sharing.
/// </summary>
internal sealed partial class InvitationFeed(DataSources sources, DatabaseSignals signals, TimeProvider time, ILogger<InvitationFeed> log) : BackgroundService
{
    private const int LargestWave = 500;

    // Rights that were taken away end the stream within two seconds, also when nothing happens.
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // Less than it takes to tell one follower: an invitation, and the steps of its mail that come right after it, go together in one wave, and
    // in one write to each follower, which costs about the same however many they are. Nobody hears of the last of them later than without.
    private static readonly TimeSpan PauseForEach = TimeSpan.FromMicroseconds(6);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private InvitationLane[] _lanes = [];
    private long _upTo;

    /// <summary>The last event that was read. Whoever has begun to follow and has not seen it reads for itself: the others may have been told already.</summary>
    public long UpTo => Volatile.Read(ref _upTo);

    /// <summary>From now on, waves ask about this session.</summary>
    public InvitationFollowing Follow(DbSession session)
    {
        lock (_gate)
        {
            if (_lanes.FirstOrDefault(l => l.HasRoom) is not { } lane)
            {
                lane = new InvitationLane();
                Volatile.Write(ref _lanes, [.. _lanes, lane]);
            }

            return lane.Add(session);
        }
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

            if (!again && await signal.WaitAsync(LongestWait, stoppingToken) && PauseForEach * Volatile.Read(ref _lanes).Sum(l => l.Count) is { TotalMilliseconds: >= 1 } pause)
            {
                await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken);
                signal.Forget();
            }
        }
    }

    // The session that read, which reads again next time, and up to where it got; whether there may be more at once.
    private async Task<((DbSession, long?)?, bool)> ReadWaveAsync((DbSession Session, long? Seen)? reader, CancellationToken cancellationToken)
    {
        var lanes = Volatile.Read(ref _lanes);
        var sessions = lanes.SelectMany(l => l.Sessions);
        if (sessions.FirstOrDefault(s => s.Token == reader?.Session.Token) is not { } session && (session = sessions.FirstOrDefault()) is null)
        {
            return (null, false);
        }

        var read = await InvitationEvents.ReadAsync(sources, session, reader?.Seen, clientId: null, LargestWave, cancellationToken);
        var upTo = read?.UpTo ?? reader?.Seen ?? 0;
        Interlocked.Exchange(ref _upTo, upTo); // before it is known who follows
        var heir = await TellAsync(new InvitationBatch(reader?.Seen ?? upTo, upTo, read?.Changes ?? []), isFirst: reader?.Seen is null, cancellationToken);
        if (read is not null)
        {
            return ((session, read.UpTo), read.More);
        }

        // The one who read may no longer: another goes on from there.
        return heir is not null ? ((heir, reader?.Seen), true) : (null, false);
    }

    // One who may hear the events.
    private async Task<DbSession?> TellAsync(InvitationBatch batch, bool isFirst, CancellationToken cancellationToken)
    {
        string? heir = null;
        var lanes = Volatile.Read(ref _lanes).Where(l => l.Count > 0).ToArray();
        var asking = lanes.Length == 0 ? null : lanes[0].AskAsync(sources, cancellationToken);
        for (var n = 0; asking is not null; n++)
        {
            var (asked, rights) = await asking;
            asking = n + 1 < lanes.Length ? lanes[n + 1].AskAsync(sources, cancellationToken) : null; // meanwhile these are told
            heir ??= rights.Keys.FirstOrDefault();
            if (isFirst || !batch.IsEmpty || rights.Count < asked.Count) // the first one tells those who came before it where it begins
            {
                lanes[n].Tell(batch, asked, rights);
            }
        }

        return heir is null ? null : lanes.SelectMany(l => l.Sessions).FirstOrDefault(s => s.Token == heir);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading invitation events was interrupted; it begins again")]
    private partial void Interrupted(Exception exception);
}
