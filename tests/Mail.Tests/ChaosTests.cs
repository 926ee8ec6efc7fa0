using System.Collections.Concurrent;
using System.Globalization;
using ClientPortal.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace ClientPortal.Mail.Tests;

/// <summary>
/// Everything goes wrong while three hosts send, and the wire is watched: first a host that is frozen in the midst of its mails
/// for as long as it takes until another has sent them, then many mails to few mailboxes under several names, then all at
/// random. With scaled limits for a minute; with the real ones for as long as <c>MAIL_CHAOS_MINUTES</c> says, in place of that.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly double? Minutes = double.TryParse(Environment.GetEnvironmentVariable("MAIL_CHAOS_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    private readonly PortalFixture fixture = new(); // a server of its own, because it is crashed
    private readonly Limits limits = Minutes is null ? Limits.Scaled : Limits.Real;
    private readonly TimeSpan duration = TimeSpan.FromMinutes(Minutes ?? 0.35);
    private readonly int recipients = Minutes is null ? 40 : 150;
    private readonly Dictionary<string, int> counts = [];
    private readonly List<Task> healing = [];
    private Random random = new();

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task THR_05_JOB_05_JOB_07_Whatever_dies_the_wire_keeps_the_limits_and_nothing_is_lost_or_stuck()
    {
        var seed = Environment.TickCount;
        random = new Random(seed);
        await using var scene = await MailScene.CreateAsync(fixture, limits);
        var hosts = Enumerable.Range(0, 3).Select(_ => scene.StartHost()).ToArray();
        var midst = await FreezeInTheMidstAsync(scene);
        await QueueUnderManyNamesAsync(scene);
        await QueueSomeAsync(scene, recipients);
        await scene.QueueAsync([.. Enumerable.Range(0, 1000).Select(n => $"bulk{n}@example.com")]);
        var frozen = new ConcurrentDictionary<HostProcess, bool>();

        var ends = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        var nextCrash = Environment.TickCount64 + 12_000;
        while (Environment.TickCount64 < ends)
        {
            await Task.Delay(random.Next(200, 1200)); // the pace of misfortune
            healing.RemoveAll(h => h.IsCompletedSuccessfully);
            var n = random.Next(hosts.Length);
            if (Environment.TickCount64 > nextCrash)
            {
                nextCrash = Environment.TickCount64 + 20_000;
                await CrashAsync();
            }

            switch (random.Next(8))
            {
                case 0:
                    Count("kill -9");
                    await hosts[n].KillAsync();
                    break;
                case 1 or 2 when !hosts[n].HasExited && frozen.TryAdd(hosts[n], true):
                    Count("kill -STOP");
                    await hosts[n].SignalAsync("STOP");
                    var host = hosts[n];
                    healing.Add(LaterAsync(limits.Lease * (random.NextDouble() * 1.5), async () =>
                    {
                        await ContinueAsync(host);
                        frozen.TryRemove(host, out _);
                    }));
                    break;
                case 3:
                    Count("way to the database cut");
                    scene.ToDatabase.Cut();
                    healing.Add(LaterAsync(Outage(), () => Task.Run(scene.ToDatabase.Mend)));
                    break;
                case 4:
                    Count("way to the mail server cut");
                    scene.ToSink.Cut();
                    healing.Add(LaterAsync(Outage(), () => Task.Run(scene.ToSink.Mend)));
                    break;
                case 5:
                    Count("mail server changes its temper");
                    await scene.Sink.MisbehaveAsync(new { late = random.Next(0, 1000), busy = P(0.2), bad = P(0.03), drop = P(0.2), never = P(0.1), dropEarly = P(0.2) });
                    break;
                default:
                    await QueueSomeAsync(scene, 4);
                    break;
            }

            StartAgain();
        }

        await Task.WhenAll(healing);
        scene.ToDatabase.Mend();
        scene.ToSink.Mend();
        await scene.Sink.MisbehaveAsync(new { });
        var quietAt = Environment.TickCount64;
        var since = await scene.Database.ScalarAsync<DateTime>("select clock_timestamp() at time zone 'UTC'");
        await Eventually.TrueAsync(
            () =>
            {
                StartAgain();
                return scene.Database.ScalarAsync<bool>("select not exists (select from mail.attempt where outcome is null and reserved_at < $1)", since);
            },
            limits.Lease + limits.Sweep + Eventually.Patience);
        await Eventually.TrueAsync(
            async () =>
            {
                StartAgain();
                return await scene.CountAsync("QUEUED", "SENDING") == await WaitingForTheirDayAsync(scene);
            },
            limits == Limits.Real ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(5));

        await scene.Sink.CaughtUpAsync();
        var mails = scene.Sink.Mails;
        var (sent, failed, waiting) = (await scene.CountAsync("SENT"), await scene.CountAsync("FAILED"), await WaitingForTheirDayAsync(scene));
        output.WriteLine($"seed {seed}: {string.Join(", ", counts.Select(c => $"{c.Value} × {c.Key}"))}");
        output.WriteLine($"{mails.Count} mails on the wire for {sent + failed + waiting} of the outbox: {sent} sent, {failed} given up, {waiting} that wait because their recipient had five; {mails.Count - mails.Select(m => m.MessageId).Distinct().Count()} repeated, " +
            $"{mails.Count(m => m.Fault is not null)} under a fault; settled {(Environment.TickCount64 - quietAt) / 1000} s after the last fault");
        output.WriteLine($"closest: {mails.GroupBy(m => m.To[0]).SelectMany(g => g.OrderBy(m => m.ReceivedAt).Zip(g.OrderBy(m => m.ReceivedAt).Skip(1), (a, b) => b.StartedAt - a.ReceivedAt)).DefaultIfEmpty().Min()} ms");

        Assert.Empty(Wire.Violations(limits, mails));
        Wire.AssertAtMostTwoCopies(mails);
        foreach (var address in midst)
        {
            await scene.AssertLostAsync(address);
        }

        Assert.Equal(await scene.Database.ScalarAsync<long>("select count(*) from invitations.invitation"), sent + failed + waiting);
        // What counts as sent, the server has; what was given up says why.
        var arrived = mails.Where(m => m.Fault is null or "drop" or "never").Select(m => m.MessageId).ToHashSet();
        Assert.All(await scene.Database.ScalarAsync<Guid[]>("select coalesce(array_agg(id), '{}') from mail.outbox where state = 'SENT'"), id => Assert.Contains($"<{id:N}@example.com>", arrived));
        Assert.Equal(0L, await scene.Database.ScalarAsync<long>("select count(*) from mail.outbox where state = 'FAILED' and last_error is null"));
        Assert.NotEqual(0, sent);

        // Killed, or could not start without its database: whoever supervises hosts starts them again.
        void StartAgain()
        {
            for (var h = 0; h < hosts.Length; h++)
            {
                if (hosts[h].HasExited)
                {
                    hosts[h] = scene.StartHost();
                }
            }
        }
    }

    // A host stands still between taking its mails and writing them. The others send what it had, and right then it wakes up.
    private async Task<IReadOnlyList<string>> FreezeInTheMidstAsync(MailScene scene)
    {
        Count("kill -STOP in the midst of mails");
        var release = await scene.HoldTextsAsync();
        await scene.QueueAsync([.. Enumerable.Range(0, 12).Select(n => $"midst{n}@example.com")]);
        await Eventually.TrueAsync(async () => await scene.CountAsync("SENDING") == 12);
        var (host, itsOwn) = await scene.SenderAsync();
        await host.SignalAsync("STOP");
        await release();
        await scene.Sink.WaitForAsync(m => itsOwn.Contains(m.To[0]), limits.Lease + limits.Sweep + limits.Gap + Eventually.Patience);
        await ContinueAsync(host);
        await Eventually.TrueAsync(async () => await scene.CountAsync("QUEUED", "SENDING") == 0, TimeSpan.FromMinutes(5));
        return itsOwn;
    }

    // Each by itself, so that each wakes all hosts.
    private static async Task QueueUnderManyNamesAsync(MailScene scene)
    {
        foreach (var name in new[] { "names{0}@example.com", "Names{0}@Example.com", "names{0}+a@example.com", "NAMES{0}+b@example.com.", "names{0}@EXAMPLE.COM." })
        {
            for (var mailbox = 0; mailbox < 4; mailbox++)
            {
                await scene.QueueAsync(string.Format(CultureInfo.InvariantCulture, name, mailbox));
            }
        }
    }

    private double P(double most) => random.NextDouble() * most;

    private TimeSpan Outage() => TimeSpan.FromSeconds(random.NextDouble() * (limits == Limits.Real ? 60 : 3));

    private void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private async Task QueueSomeAsync(MailScene scene, int count)
    {
        Count("mails queued");
        await scene.QueueAsync([.. Enumerable.Range(0, count).Select(_ => $"r{random.Next(recipients)}@example.com")]);
    }

    private async Task CrashAsync()
    {
        Count("PostgreSQL stopped at once");
        await fixture.CrashDatabaseAsync();
        await Task.Delay(random.Next(0, 2000));
        await fixture.StartDatabaseAsync();
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task LaterAsync(TimeSpan time, Func<Task> heal)
    {
        await Task.Delay(time);
        await heal();
    }

    // Nobody waits a real day for them; with scaled limits they have to leave.
    private static async Task<long> WaitingForTheirDayAsync(MailScene scene) => Minutes is null ? 0 : await scene.Database.ScalarAsync<long>(
        "select count(*) from mail.outbox o where state = 'QUEUED' and waits_for = 'THROTTLE' and (select count(*) from mail.attempt a where a.recipient_key = o.recipient_key and a.outcome <> 'NOT_SENT') >= 5");

    private static Task ContinueAsync(HostProcess host) => host.HasExited ? Task.CompletedTask : host.SignalAsync("CONT");
}
