namespace ClientPortal.GraphQL.Tests.Transport;

/// <summary>Subscribers that do not read what they asked for: an endless stream of events.</summary>
public sealed class SlowReaderTests
{
    private const string Flood = "subscription { flood }";

    // What waits in the server's buffers and the system's: far less than the machine has, whatever the stream holds.
    private const int MostWaves = 64 * 1024 * 1024 / (16 * 1024);

    [Fact]
    public async Task A_stream_that_nobody_reads_is_closed_and_neither_fills_the_memory_nor_holds_up_others()
    {
        await using var server = await StartAsync();
        using var slow = await server.PostAsync($$"""{"query":"{{Flood}}"}""", "text/event-stream");
        await server.Events.WaitOpenedAsync();
        await AssertOthersAreServedAsync(server);
        await server.Events.WaitClosedAsync();
        await AssertOthersAreServedAsync(server);
        Assert.InRange(server.Events.Flooded, 1, MostWaves);

        // Cut off: what is left in the buffers comes, and no orderly end.
        await Assert.ThrowsAnyAsync<Exception>(() => slow.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_reader_that_reads_on_at_last_is_told_that_it_was_too_slow()
    {
        var (clock, limit) = (new StoppedTime(), TimeSpan.FromMinutes(7));
        await using var server = await ShopServer.StartAsync(o => (o.TimeProvider, o.SlowSocketTimeout) = (clock, limit));
        using var slow = await server.PostAsync($$"""{"query":"{{Flood}}"}""", "text/event-stream");
        await clock.PassAsync(limit);
        var text = await slow.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.EndsWith("event: next\ndata: {\"errors\":[{\"message\":\"Too slow: events were piling up\",\"extensions\":{\"code\":\"TOO_SLOW\"}}]}\n\nevent: complete\ndata:\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_nobody_reads_is_closed_and_neither_fills_the_memory_nor_holds_up_others()
    {
        await using var server = await StartAsync();
        using var slow = await server.ConnectAsync();
        await slow.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{"query":"{{{Flood}}}"}}""");
        await server.Events.WaitOpenedAsync();
        await AssertOthersAreServedAsync(server);
        await server.Events.WaitClosedAsync();
        await AssertOthersAreServedAsync(server);
        Assert.InRange(server.Events.Flooded, 1, MostWaves);

        // It reads on at once, and is told.
        string message;
        do
        {
            message = await slow.ReceiveAsync();
        }
        while (message.StartsWith('{'));

        Assert.Equal("1013 Too slow: messages were piling up", message);
    }

    private static Task<ShopServer> StartAsync() => ShopServer.StartAsync(o => o.SlowSocketTimeout = TimeSpan.FromMilliseconds(500));

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
}
