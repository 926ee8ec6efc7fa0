using Microsoft.AspNetCore.Server.Kestrel.Core;
using System.Net;
using System.Net.WebSockets;

namespace ClientPortal.GraphQL.Tests.Transport;

public sealed class SocketTests : IAsyncLifetime
{
    private ShopServer? _server;

    private ShopServer Server => _server!;

    public async Task InitializeAsync() => _server = await ShopServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task A_query_is_answered_once_and_completes()
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"query($n: String!) { hello(name: $n) }","variables":{"n":"you"}}}""");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"hello":"hello you"}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_subscription_sends_events_until_the_client_completes_it()
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""");
        await Server.Events.WaitOpenedAsync();
        Server.Events.Orders.Writer.TryWrite(Server.Data.Orders[4]);
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"orderPlaced":{"number":5}}}}""", await socket.ReceiveAsync());
        await socket.SendAsync("""{"id":"1","type":"complete"}""");
        await Server.Events.WaitClosedAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}""");
        Assert.StartsWith("""{"id":"1","type":"next",""", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_the_clients_again_while_the_operation_that_had_it_still_ends()
    {
        using var socket = await Server.ConnectAsync();
        var leaving = new TaskCompletionSource();
        Server.Events.Leaving = leaving.Task;
        const string Subscribe = """{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""";
        const string Complete = """{"id":"1","type":"complete"}""";
        await socket.SendAsync(Subscribe);
        await Server.Events.WaitOpenedAsync();
        await socket.SendAsync(Complete);
        await Server.Events.WaitClosedAsync();
        await socket.SendAsync(Subscribe);
        await Server.Events.WaitOpenedAsync();
        Server.Events.Leaving = Task.CompletedTask;
        await Task.Run(leaving.SetResult); // what waits for it goes on at once, on that thread
        await socket.SendAsync(Complete);
        await Server.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_refused_operation_is_an_error_message()
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ unknown }"}}""");
        Assert.StartsWith("""{"id":"1","type":"error","payload":[{"message":""", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData("nonsense", "4400 Invalid message received")]
    [InlineData("""{"type":"unknown"}""", "4400 Invalid message received")]
    [InlineData("""{"type":"\ud800"}""", "4400 Invalid message received")]
    [InlineData("""{"\ud800":1,"type":"connection_init"}""", "4400 Invalid message received")]
    [InlineData("""{"type":"ping","type":"connection_init"}""", "4400 Invalid message received")]
    [InlineData("""{"type":"connection_init","payload":1}""", "4400 Invalid message received")]
    [InlineData("""{"type":"connection_init","payload":{"who":"\ud800"}}""", "4400 Invalid message received")]
    [InlineData("""{"type":"connection_init","payload":{"who":"somebody","more":[{"deep":"a\udc00"}]}}""", "4400 Invalid message received")]
    [InlineData("""{"type":"connection_init","payload":{"\ud800":"somebody"}}""", "4400 Invalid message received")]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}""", "4401 Unauthorized")]
    [InlineData("""{"type":"connection_init","payload":{"who":"nobody"}}""", "4403 Forbidden")]
    public async Task A_first_message_that_breaks_the_protocol_closes_the_socket(string message, string close)
    {
        using var socket = await Server.ConnectAsync(init: false);
        await socket.SendAsync(message);
        Assert.Equal(close, await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_reason_that_names_a_long_id_is_cut_to_what_a_close_frame_holds()
    {
        using var socket = await Server.ConnectAsync();
        var id = string.Concat(Enumerable.Repeat("é😀", 100));
        var subscribe = $$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""";
        await socket.SendAsync(subscribe);
        await Server.Events.WaitOpenedAsync();
        await socket.SendAsync(subscribe);
        var close = await socket.ReceiveAsync();
        Assert.StartsWith("4409 Subscriber for é😀é😀", close, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(close), 120, 5 + 123);
        Assert.DoesNotContain('\uFFFD', close);
    }

    [Theory]
    [InlineData("""{"type":"connection_init"}""", "4429 Too many initialisation requests")]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""", "4409 Subscriber for 1 already exists")]
    [InlineData("""{"id":"\ud800","type":"subscribe","payload":{"query":"{ hello }"}}""", "4400 Invalid message received")]
    [InlineData("""{"id":"2","type":"subscribe","payload":{"query":"{ hello } #\ud800"}}""", "4400 Invalid message received")]
    [InlineData("""{"id":"2","type":"subscribe"}""", "4400 Invalid message received")]
    [InlineData("""{"id":"2","type":"subscribe","payload":{"query":1}}""", "4400 Invalid message received")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ hello }"}}""", "4400 Invalid message received")]
    public async Task A_later_message_that_breaks_the_protocol_closes_the_socket_and_its_streams(string message, string close)
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""");
        await Server.Events.WaitOpenedAsync();
        await socket.SendAsync(message);
        Assert.Equal(close, await socket.ReceiveAsync());
        await Server.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task Other_subprotocols_and_origins_are_refused()
    {
        using var other = await Server.ConnectAsync(protocol: null, init: false);
        Assert.Equal("4406 Subprotocol not acceptable", await other.ReceiveAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => Server.ConnectAsync(origin: "https://evil.example"));
        using var own = await Server.ConnectAsync(origin: Server.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task A_socket_that_never_introduces_itself_is_closed()
    {
        await using var impatient = await ShopServer.StartAsync(o => o.SocketInitTimeout = TimeSpan.FromMilliseconds(50));
        using var socket = await impatient.ConnectAsync(init: false);
        Assert.Equal("4408 Connection initialisation timeout", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_socket_that_does_not_answer_pings_is_closed()
    {
        await using var impatient = await ShopServer.StartAsync(o => (o.SocketInitTimeout, o.KeepAlive) = (StoppedTime.Patience, TimeSpan.FromMilliseconds(50)));
        using var socket = await impatient.ConnectAsync(init: false);
        await socket.SendAsync("""{"type":"connection_init"}""");
        var heard = new List<string>();
        do
        {
            heard.Add(await socket.NextAsync());
        }
        while (heard[^1].StartsWith('{'));

        Assert.Equal("1000 No answer to a ping", heard[^1]);
        Assert.Equal(["""{"type":"connection_ack"}""", """{"type":"ping"}"""], heard.SkipLast(1).Order(StringComparer.Ordinal)); // it may be pinged as soon as it is known
    }

    [Fact]
    public async Task A_socket_that_does_not_read_is_closed_and_its_stream_with_it()
    {
        await using var server = await ShopServer.StartAsync(o => o.SlowSocketTimeout = TimeSpan.FromMilliseconds(100));
        using var socket = await server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { id number total placedAt placedOn } }"}}""");
        await server.Events.WaitOpenedAsync();
        for (var i = 0; i < 200_000; i++)
        {
            server.Events.Orders.Writer.TryWrite(server.Data.Orders[0]);
        }

        await server.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_client_that_closes_ends_its_streams()
    {
        using var socket = await Server.ConnectAsync();
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""");
        await Server.Events.WaitOpenedAsync();
        await socket.CloseAsync();
        await Server.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_socket_over_HTTP_2_hears_the_same()
    {
        await using var server = await ShopServer.StartAsync(protocols: HttpProtocols.Http2);
        using var socket = await server.ConnectAsync(version: HttpVersion.Version20);
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { orderPlaced { number } }"}}""");
        await server.Events.WaitOpenedAsync();
        server.Events.Orders.Writer.TryWrite(server.Data.Orders[0]);
        server.Events.Orders.Writer.TryWrite(server.Data.Orders[1]);
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"orderPlaced":{"number":1}}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"orderPlaced":{"number":2}}}}""", await socket.ReceiveAsync());
        await socket.SendAsync("nonsense");
        Assert.Equal("4400 Invalid message received", await socket.ReceiveAsync());
    }
}
