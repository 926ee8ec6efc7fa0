using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Subscriptions;

/// <summary>Maps a subscription's events to responses (section 6.2.3.2). An event that fails answers with its errors. A stream that fails, or whose rule refuses at an event, answers with the error and ends.</summary>
/// <param name="opening">The execution that opened the stream.</param>
/// <param name="events">The stream.</param>
/// <param name="variables">The variables, as text: what is shared is shared with those who gave the same.</param>
/// <param name="forEvent">Makes the execution of an event.</param>
/// <param name="run">Runs it.</param>
/// <param name="reporter">Masks and logs what a stream fails with.</param>
internal sealed class ResponseStream(OperationExecution opening, IAsyncEnumerable<object?> events, string variables, Func<object?, OperationExecution> forEvent, Func<OperationExecution, ValueTask<GraphQLResult>> run, ErrorReporter reporter) : IAsyncEnumerable<GraphQLResult>
{
    public async IAsyncEnumerator<GraphQLResult> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var ended = opening;
        await using var source = events.GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            GraphQLError? failure = null;
            var any = false;
            try
            {
                any = await source.MoveNextAsync();
            }
            catch (GraphQLException meant)
            {
                failure = new GraphQLError(meant.Message) { Code = meant.Code };
            }
#pragma warning disable CA1031 // The caller gets an id, the log the exception, as with any field.
            catch (Exception exception) when (exception is not OperationCanceledException || !opening.IsAborted)
#pragma warning restore CA1031
            {
                failure = reporter.Report(exception);
            }

            if (failure is not null)
            {
                yield return new GraphQLResult(failure);
                yield break;
            }

            if (!any)
            {
                yield break;
            }

            if (source.Current is SharedEvent shared && await opening.AllowsAsync())
            {
                yield return await shared.TellAsync(opening.Plan, variables, opening.Request, () => RunAsync(shared.Value), opening.Cancellation);
                continue;
            }

            using var execution = forEvent(source.Current is SharedEvent refused ? refused.Value : source.Current);
            yield return await run(execution);
            if (execution.IsRefused)
            {
                yield break; // who may no longer subscribe has been told so, and gets nothing more
            }
        }
    }

    private async ValueTask<GraphQLResult> RunAsync(object? @event)
    {
        using var execution = forEvent(@event);
        return await run(execution);
    }
}
