using ClientPortal.Platform.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>Notes once a minute which links have run out of time, so that it becomes an event. The link itself ends by the database's clock, whether or not this runs.</summary>
internal sealed partial class ExpiryWorker(DataSources sources, TimeProvider time, ILogger<ExpiryWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    internal async Task ExpireAsync(CancellationToken cancellationToken)
    {
        while ((await sources.QueryAsync(DbRole.Job, "select invitations.expire()", r => r.GetInt32(0), cancellationToken))[0] > 0)
        {
            // The next ones.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await ExpireAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                Missed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired invitations were not noted; it is tried again in a minute")]
    private partial void Missed(Exception exception);
}
