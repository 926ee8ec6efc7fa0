using ClientPortal.Platform.Database;
using Quartz;

namespace ClientPortal.Platform.Clockwork;

/// <summary>The one thing that Quartz runs: a <see cref="ScheduledJob"/>, found by its name. One that fails is logged by Quartz and due again at its next time; the others have threads of their own.</summary>
[DisallowConcurrentExecution]
internal sealed class RunScheduledJob(IEnumerable<ScheduledJob> jobs, DataSources sources) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // A job of another version of the portal, whose hosts share the schedule while they are replaced, is that one's to run.
        if (jobs.SingleOrDefault(j => j.Name == context.JobDetail.Key.Name) is { } job)
        {
            while ((await sources.QueryAsync(DbRole.Job, $"{new PlainSql(job.Statement)}", r => r.GetInt32(0), cancellationToken))[0] > 0)
            {
                // The next rows.
            }
        }
    }
}
