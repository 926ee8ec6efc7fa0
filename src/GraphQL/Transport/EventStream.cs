using System.IO.Pipelines;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Transport;

/// <summary>
/// Writes responses as server-sent events, with a comment now and then so that dead connections are noticed. The next event is asked for when
/// the last one is on its way, so a reader that does not read holds up nothing but itself; after <see cref="GraphQLOptions.SlowSocketTimeout"/> it is closed.
/// </summary>
internal sealed class EventStream(PipeWriter output, GraphQLOptions options, Action abort) : IDisposable
{
    private static readonly GraphQLResult TooSlow = new(new GraphQLError("Too slow: events were piling up") { Code = ExecutionCodes.TooSlow });
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _tooSlow = new();

    public async Task RunAsync(GraphQLResult result, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _tooSlow.Token);
        var keepAlive = KeepAliveAsync(done.Token);
        try
        {
            if (result.Events is null)
            {
                await WriteAsync(result, cancellationToken);
            }
            else
            {
                await output.FlushAsync(cancellationToken);
                await foreach (var response in result.Events.WithCancellation(done.Token))
                {
                    await WriteAsync(response, done.Token);
                }
            }

            await WriteAsync(null, done.Token);
        }
        catch (OperationCanceledException) when (_tooSlow.IsCancellationRequested)
        {
            // The reader has been told, or is cut off.
        }
        finally
        {
            await done.CancelAsync();
            await keepAlive;
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        _tooSlow.Dispose();
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.KeepAlive, options.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await FlushAsync(() => Write(":\n\n"u8), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private Task WriteAsync(GraphQLResult? response, CancellationToken cancellationToken) => FlushAsync(() => Write(response), cancellationToken);

    private async Task FlushAsync(Action write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            write();
            // Not with the token: the server takes its cancellation for the reader's leaving.
            var flush = output.FlushAsync(CancellationToken.None);
            if (flush.IsCompletedSuccessfully)
            {
                await flush;
            }
            else
            {
                await WaitForReaderAsync(flush.AsTask(), cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WaitForReaderAsync(Task flushed, CancellationToken cancellationToken)
    {
        try
        {
            await flushed.WaitAsync(options.SlowSocketTimeout, options.TimeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            await _tooSlow.CancelAsync();
            Write(TooSlow); // for one that reads on at last
            Write((GraphQLResult?)null);
            try
            {
                await flushed.WaitAsync(CloseTimeout, options.TimeProvider, CancellationToken.None);
                await output.FlushAsync(CancellationToken.None).AsTask().WaitAsync(CloseTimeout, options.TimeProvider, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                abort();
            }

            throw new OperationCanceledException(_tooSlow.Token);
        }
    }

    private void Write(GraphQLResult? response)
    {
        if (response is null)
        {
            Write("event: complete\ndata:\n\n"u8);
            return;
        }

        // JSON of ours holds no line breaks, so one data line is enough.
        Write("event: next\ndata: "u8);
        response.WriteTo(output);
        Write("\n\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
