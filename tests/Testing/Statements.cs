using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClientPortal.Testing;

/// <summary>What is asked of the database.</summary>
public static class Statements
{
    /// <summary>The texts of the statements that something awaited causes, in this process: those of its requests and its own, not those of background work.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Func<Task> act)
    {
        using var cause = new Activity("test").Start(); // its trace goes with the requests, into the host and to the database
        return await OfAsync(act, activity => activity.TraceId == cause.TraceId);
    }

    /// <summary>The texts of all statements of this process meanwhile, those of background work too.</summary>
    public static Task<IReadOnlyList<string>> MeanwhileAsync(Func<Task> act) => OfAsync(act, _ => true);

    private static async Task<IReadOnlyList<string>> OfAsync(Func<Task> act, Func<Activity, bool> counts)
    {
        var texts = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (counts(activity) && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                {
                    texts.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await act();
        return [.. texts];
    }
}
