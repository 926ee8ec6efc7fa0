using System.IO.Pipelines;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Transport;

/// <summary>Writes responses as server-sent events, with a comment now and then so that dead connections are noticed.</summary>
internal sealed class EventStream(PipeWriter output, GraphQLOptions options) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    public async Task RunAsync(GraphQLResult result, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
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
                await foreach (var response in result.Events.WithCancellation(cancellationToken))
                {
                    await WriteAsync(response, cancellationToken);
                }
            }

            await WriteAsync(null, cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await keepAlive;
        }
    }

    public void Dispose() => _writing.Dispose();

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

    private Task WriteAsync(GraphQLResult? response, CancellationToken cancellationToken) => FlushAsync(
        () =>
        {
            if (response is null)
            {
                Write("event: complete\ndata:\n\n"u8);
            }
            else
            {
                // JSON of ours holds no line breaks, so one data line is enough.
                Write("event: next\ndata: "u8);
                response.WriteTo(output);
                Write("\n\n"u8);
            }
        },
        cancellationToken);

    private async Task FlushAsync(Action write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            write();
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
