using ClientPortal.Platform.Database;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Clockwork;

/// <summary>Puts the registered <see cref="ScheduledJob"/>s on the clock: Hangfire, whose schedule is in the database, so that of any number of hosts one runs each firing and another takes over from one that died.</summary>
public static class ClockworkServices
{
    /// <summary>Called once, by the host.</summary>
    public static IServiceCollection AddClockwork(this IServiceCollection services) => services
        .AddLogging(log => log.AddFilter("Hangfire", LogLevel.Warning))
        .AddSingleton<IBackgroundProcess, Schedule>()
        // Without these two, AddHangfire would take what all hosts of a process share.
        .AddSingleton<JobStorage>(s => new PostgreSqlStorage(new JobConnections(s.GetRequiredService<DataSources>()), Storage()) { JobExpirationTimeout = TimeSpan.FromHours(1) })
        .AddSingleton<JobActivator, AspNetCoreJobActivator>()
        .AddHangfire((s, hangfire) => hangfire
            .UseLogProvider(new HangfireLog(s.GetRequiredService<ILoggerFactory>().CreateLogger("Hangfire")))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()) // without versions: hosts of others read the schedule, too
        .AddHangfireServer(Configure);

    private static PostgreSqlStorageOptions Storage() => new()
    {
        PrepareSchemaIfNecessary = false, // no run-time role may; 0026_hangfire.sql did
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(15), // a host that has not said for so long that it is at a job has died
        DistributedLockTimeout = TimeSpan.FromSeconds(30), // likewise one that has a lock; Hangfire holds them for a few statements
    };

    private static void Configure(BackgroundJobServerOptions server)
    {
        server.WorkerCount = 4;
        server.StopTimeout = TimeSpan.FromSeconds(5); // what takes longer is cancelled, and another host's then
        // The server begins anew after an outage of this length, instead of waiting ever longer for PostgreSQL.
        server.ServerTimeout = TimeSpan.FromMinutes(1);
        server.ServerCheckInterval = TimeSpan.FromSeconds(30);
    }

    private sealed class JobConnections(DataSources sources) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => sources[DbRole.Job].CreateConnection();
    }
}
