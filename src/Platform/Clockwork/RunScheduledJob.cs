using ClientPortal.Platform.Database;
using Hangfire;

namespace ClientPortal.Platform.Clockwork;

/// <summary>The one thing that Hangfire runs: a <see cref="ScheduledJob"/>, found by its name. One that fails is logged by Hangfire and due again at its next time; the others have threads of their own.</summary>
internal sealed class RunScheduledJob(IEnumerable<ScheduledJob> jobs, DataSources sources)
{
    // Its name and parameters are in the schedule, where hosts of every version read them: they never change.
    [OneAtATime]
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        // A job of another version of the portal, whose hosts share the schedule while they are replaced, is that one's to run.
        if (jobs.SingleOrDefault(j => j.Name == name) is { } job)
        {
            while ((await sources.QueryAsync(DbRole.Job, $"{new PlainSql(job.Statement)}", r => r.GetInt32(0), cancellationToken))[0] > 0)
            {
                // The next rows.
            }
        }
    }
}
