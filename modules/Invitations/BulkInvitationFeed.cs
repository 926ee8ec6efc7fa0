using System.Collections.Concurrent;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>
/// Reads how far calls that invite many are, once a host for all who follow them; as <see cref="InvitationFeed"/>, under the
/// rights of one follower, and then every follower's session is asked about.
/// </summary>
internal sealed partial class BulkInvitationFeed(DataSources sources, DatabaseSignals signals, TimeProvider time, ILogger<BulkInvitationFeed> log) : BackgroundService
{
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1); // rights that were taken away end the stream within two seconds
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500); // mails leave by the dozen a second; nobody reads that fast

    private readonly ConcurrentDictionary<Following, byte> _following = [];
    private readonly Latest<BulkProgress> _progress = new(new BulkProgress([], [], new Dictionary<string, string>()));

    /// <summary>The newest reading.</summary>
    public BulkProgress Newest => _progress.Newest;

    /// <summary>From now on, this call is read and this session asked about. Dispose of it to stop.</summary>
    public IDisposable Follow(Guid bulkId, DbSession session)
    {
        var following = new Following(this, bulkId, session);
        _following.TryAdd(following, 0);
        return following;
    }

    /// <summary>The newest reading, once it is another than <paramref name="known"/>.</summary>
    public Task<BulkProgress> NextAsync(BulkProgress known) => _progress.NextAsync(known);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.InvitationEvent, InvitationSignals.BulkInvitation);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                Interrupted(e); // nobody hears anything meanwhile
            }

            await Task.Delay(ShortestPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await signal.WaitAsync(LongestWait - ShortestPause, stoppingToken);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var followers = _following.Keys.ToList();
        if (followers.Count == 0)
        {
            return;
        }

        var sessions = followers.Select(f => f.Session).DistinctBy(s => s.Token).ToDictionary(s => s.Token ?? "", StringComparer.Ordinal);
        var reader = sessions.Values.First();
        while (true)
        {
            var bulks = await ReadAsync(sources, reader, [.. followers.Select(f => f.BulkId).Distinct()], cancellationToken);
            var rights = await StaffRights.OfInvitersAsync(sources, sessions.Keys, cancellationToken);
            if (rights.Count == 0 || rights.ContainsKey(reader.Token ?? ""))
            {
                _progress.Tell(new BulkProgress(bulks, [.. followers.Select(f => (f.BulkId, f.Session.Token ?? ""))], rights));
                return;
            }

            reader = sessions[rights.Keys.First()]; // the one who read may not any more: another does
        }
    }

    /// <summary>How far these calls are, for a session: those that it may see.</summary>
    public static Task<List<BulkInvitation>> ReadAsync(DataSources sources, DbSession session, Guid[] ids, CancellationToken cancellationToken) =>
        sources.QueryAsync(session, $"select {Row<BulkInvitation>.Columns} from {Row<BulkInvitation>.Table} where id = any({ids})", Row<BulkInvitation>.Read, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the progress of calls that invite many was interrupted; it begins again")]
    private partial void Interrupted(Exception exception);

    private sealed class Following(BulkInvitationFeed feed, Guid bulkId, DbSession session) : IDisposable
    {
        public Guid BulkId { get; } = bulkId;

        public DbSession Session { get; } = session;

        public void Dispose() => feed._following.TryRemove(this, out _);
    }
}
