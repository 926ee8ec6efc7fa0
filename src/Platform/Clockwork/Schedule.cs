using Hangfire;
using Hangfire.Common;
using Hangfire.Server;

namespace ClientPortal.Platform.Clockwork;

/// <summary>Writes this build's jobs into the schedule that all hosts share. What is there already keeps its times; a job that this build does not know is left alone.</summary>
internal sealed class Schedule(IRecurringJobManager recurring, IEnumerable<ScheduledJob> jobs) : IBackgroundProcess
{
    // Hangfire takes a job out of the schedule that could not be put into the queue several times running: it comes back.
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private readonly List<(string Name, string Cron)> due = [.. jobs.Select(job => (job.Name, CronOf(job)))];

    /// <summary>Called again and again by Hangfire, later when it throws.</summary>
    public void Execute(BackgroundProcessContext context)
    {
        foreach (var (name, cron) in due)
        {
            recurring.AddOrUpdate(name, Job.FromExpression<RunScheduledJob>(run => run.RunAsync(name, CancellationToken.None)), cron, new RecurringJobOptions());
        }

        context.Wait(Again);
    }

    // Cron knows no intervals, only what divides the next larger unit.
    internal static string CronOf(ScheduledJob job) => job.Every.Ticks switch
    {
        var every when Divides(TimeSpan.TicksPerSecond, every, TimeSpan.TicksPerMinute) => $"*/{job.Every.Seconds} * * * * *",
        var every when Divides(TimeSpan.TicksPerMinute, every, TimeSpan.TicksPerHour) => $"*/{job.Every.Minutes} * * * *",
        var every when Divides(TimeSpan.TicksPerHour, every, TimeSpan.TicksPerDay) => $"0 */{job.Every.Hours} * * *",
        TimeSpan.TicksPerDay => "0 0 * * *",
        _ => throw new InvalidOperationException($"{job.Name} cannot be due every {job.Every}: only what divides a minute, an hour or a day can."),
    };

    private static bool Divides(long unit, long every, long larger) => every > 0 && every < larger && every % unit == 0 && larger % every == 0;
}
