using ClientPortal.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ClientPortal.Platform.Clockwork;

/// <summary>Puts the registered <see cref="ScheduledJob"/>s on the clock: Quartz, whose schedule is in the database, so that of any number of hosts one runs each firing and another takes over from one that died.</summary>
public static class ClockworkServices
{
    private const int Threads = 4;

    /// <summary>Called once, by the host, after the modules have registered their jobs.</summary>
    public static IServiceCollection AddClockwork(this IServiceCollection services)
    {
        var jobs = services.Where(s => s.ServiceType == typeof(ScheduledJob)).Select(s => s.ImplementationInstance).OfType<ScheduledJob>().ToList();
        return services
            .AddLogging(log => log.AddFilter("Quartz", LogLevel.Warning))
            .AddQuartz(quartz => Configure(quartz, jobs))
            .AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    private static void Configure(IQuartzBuilder quartz, List<ScheduledJob> jobs)
    {
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.GenerateInstanceId) = ("portal", true));
        quartz.UseDefaultThreadPool(Threads);
        quartz.UsePersistentStore(store => store
            .UsePostgres(source => source.DataSourceFactory = services => services.GetRequiredService<DataSources>()[DbRole.Job])
            .UseSystemTextJsonSerializer()
            .ConfigureStore(options => options.TablePrefix = "quartz.")
            .UseClustering(_ => { }));
        // A host that starts finds what is due in the database: it neither runs everything anew nor forgets what was missed.
        quartz.ConfigureOptions<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        foreach (var job in jobs)
        {
            quartz.ScheduleJob<RunScheduledJob>(
                trigger => trigger.WithIdentity(job.Name).WithSimpleSchedule(s => s.WithInterval(job.Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)),
                detail => detail.WithIdentity(job.Name).RequestRecovery());
        }
    }
}
