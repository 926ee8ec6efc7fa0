using System.Net.WebSockets;

namespace ClientPortal.GraphQL.Tests.Transport;

/// <summary>Subscribers that do not read what they asked for: an endless stream of events.</summary>
public sealed class SlowReaderTests
{
    private const string Flood = "subscription { flood }";

    // What waits in the server's buffers and the system's: far less than the machine has, whatever the stream holds.
    private const int MostWaves = 64 * 1024 * 1024 / (16 * 1024);

    private readonly StoppedTime _clock = new();
    private readonly TimeSpan _limit = TimeSpan.FromMinutes(7);
    private readonly TimeSpan _goodbye = TimeSpan.FromSeconds(2); // for reading why

    [Fact]
    public async Task A_stream_that_nobody_reads_is_closed_and_neither_fills_the_memory_nor_holds_up_others()
    {
        await using var server = await StartAsync();
        using var slow = await server.PostAsync($$"""{"query":"{{Flood}}"}""", "text/event-stream");
        await server.Events.WaitOpenedAsync();
        await WaitUntilFullAsync(server);
        await AssertOtherStreamsAreServedAsync(server);
        await _clock.PassAsync(_limit);
        await _clock.PassAsync(_goodbye);
        await server.Events.WaitClosedAsync();
        await AssertOtherStreamsAreServedAsync(server);

        // Cut off: what is left in the buffers comes, and no orderly end.
        await Assert.ThrowsAnyAsync<Exception>(() => slow.Content.ReadAsStringAsync().WaitAsync(StoppedTime.Patience));
    }

    [Fact]
    public async Task A_reader_that_reads_on_at_last_is_told_that_it_was_too_slow()
    {
        await using var server = await StartAsync();
        using var slow = await server.PostAsync($$"""{"query":"{{Flood}}"}""", "text/event-stream");
        await _clock.PassAsync(_limit);
        var text = await slow.Content.ReadAsStringAsync().WaitAsync(StoppedTime.Patience);
        Assert.EndsWith("event: next\ndata: {\"errors\":[{\"message\":\"Too slow: events were piling up\",\"extensions\":{\"code\":\"TOO_SLOW\"}}]}\n\nevent: complete\ndata:\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_nobody_reads_is_closed_and_neither_fills_the_memory_nor_holds_up_others()
    {
        await using var server = await StartAsync();
        using var slow = await server.ConnectAsync();
        await slow.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{"query":"{{{Flood}}}"}}""");
        await server.Events.WaitOpenedAsync();
        await WaitUntilFullAsync(server);
        await AssertOthersAreServedAsync(server);
        await _clock.PassAsync(_limit);
        await server.Events.WaitClosedAsync();
        await AssertOthersAreServedAsync(server);

        // It reads on at once, and is told.
        string message;
        do
        {
            message = await slow.ReceiveAsync();
        }
        while (message.StartsWith('{'));

        Assert.Equal("1013 Too slow: messages were piling up", message);
    }

    [Fact]
    public async Task A_socket_that_nobody_ever_reads_is_cut_off()
    {
        await using var server = await StartAsync();
        using var slow = await server.ConnectAsync();
        await slow.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{"query":"{{{Flood}}}"}}""");
        await WaitUntilFullAsync(server);
        await _clock.PassAsync(_limit);
        await server.Events.WaitClosedAsync();

        using var limit = new CancellationTokenSource(StoppedTime.Patience);
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                await slow.SendAsync("""{"type":"pong"}""");
                await Task.Delay(10, limit.Token);
            }
        });
    }

    private Task<ShopServer> StartAsync() => ShopServer.StartAsync(o => (o.TimeProvider, o.SlowSocketTimeout) = (_clock, _limit));

    /// <summary>Until the buffers are full and the reader is waited for, which does not end by itself: the clock stands still.</summary>
    private async Task WaitUntilFullAsync(ShopServer server)
    {
        using var patience = new CancellationTokenSource(StoppedTime.Patience);
        while (!_clock.IsAwaited(_limit))
        {
            Assert.InRange(server.Events.Flooded, 0, MostWaves);
            await Task.Delay(1, patience.Token);
        }

        Assert.InRange(server.Events.Flooded, 1, MostWaves);
    }

    private static async Task AssertOthersAreServedAsync(ShopServer server)
    {
        using var other = await server.ConnectAsync();
        await other.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""");
        await server.Events.WaitOpenedAsync();
        server.Events.Orders.Writer.TryWrite(server.Data.Orders[4]);
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"orderPlaced":{"number":5}}}}""", await other.ReceiveAsync());
        await other.SendAsync("""{"id":"1","type":"complete"}""");
        await server.Events.WaitClosedAsync();
    }

    private static async Task AssertOtherStreamsAreServedAsync(ShopServer server)
    {
        using var limit = new CancellationTokenSource(StoppedTime.Patience);
        using (var other = await server.PostAsync("""{"query":"subscription { orderPlaced { number } }"}""", "text/event-stream").WaitAsync(limit.Token))
        {
            await server.Events.WaitOpenedAsync();
            server.Events.Orders.Writer.TryWrite(server.Data.Orders[4]);
            using var lines = new StreamReader(await other.Content.ReadAsStreamAsync(limit.Token));
            Assert.Equal("event: next", await lines.ReadLineAsync(limit.Token));
            Assert.Equal("""data: {"data":{"orderPlaced":{"number":5}}}""", await lines.ReadLineAsync(limit.Token));
        }

        await server.Events.WaitClosedAsync();
    }
}
