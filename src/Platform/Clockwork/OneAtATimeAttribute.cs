using Hangfire.Client;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace ClientPortal.Platform.Clockwork;

/// <summary>Leaves a firing out while the one before still waits or runs, so that a job that takes longer than its interval does not fill the queue and every thread.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OneAtATimeAttribute : JobFilterAttribute, IClientFilter
{
    private const string Latest = "Latest"; // Hangfire's own LastJobId forgets the job when a firing is left out

    public void OnCreating(CreatingContext context)
    {
        var latest = ((JobStorageConnection)context.Connection).GetValueFromHash(KeyOf(context), Latest);
        context.Canceled = latest is not null && context.Connection.GetStateData(latest) is { } state && (state.Name == EnqueuedState.StateName || state.Name == ProcessingState.StateName);
    }

    public void OnCreated(CreatedContext context)
    {
        if (context.BackgroundJob is { } job)
        {
            using var transaction = context.Connection.CreateWriteTransaction();
            transaction.SetRangeInHash(KeyOf(context), [new(Latest, job.Id)]);
            transaction.Commit();
        }
    }

    private static string KeyOf(CreateContext context) => $"recurring-job:{context.Parameters["RecurringJobId"]}";
}
