using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Traces and figures under the name <c>ClientPortal.GraphQL</c>. Operation names only: documents and variables may hold secrets.</summary>
internal static class Telemetry
{
    private static readonly ActivitySource Activities = new("ClientPortal.GraphQL");
    private static readonly Meter Meter = new("ClientPortal.GraphQL");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("graphql.operation.duration", "s", "How long operations took.");

    public static Activity? Start(OperationNode operation)
    {
        var activity = Activities.StartActivity("graphql");
        if (activity is not null)
        {
            activity.DisplayName = operation.Name is { } name ? $"{TypeOf(operation)} {name.Value}" : TypeOf(operation);
            activity.SetTag("graphql.operation.type", TypeOf(operation));
            activity.SetTag("graphql.operation.name", operation.Name?.Value);
        }

        return activity;
    }

    public static void Finish(Activity? activity, OperationNode operation, long started, GraphQLResult result)
    {
        if (result.Errors.Count > 0)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        if (Duration.Enabled)
        {
            // The name is the client's: as a dimension it would let anyone fill the figures' memory.
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("graphql.operation.type", TypeOf(operation)), new KeyValuePair<string, object?>("graphql.errors", result.Errors.Count > 0));
        }
    }

    private static string TypeOf(OperationNode operation) => operation.Kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };
}
