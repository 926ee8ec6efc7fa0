using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ClientPortal.GraphQL.Tests.Shop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClientPortal.GraphQL.Tests.Transport;

/// <summary>The shop over Kestrel on a free port.</summary>
internal sealed class ShopServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First() + "/graphql");

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false });

    public ShopEvents Events => _app.Services.GetRequiredService<ShopEvents>();

    public ShopData Data => _app.Services.GetRequiredService<ShopData>();

    public static async Task<ShopServer> StartAsync(Action<GraphQLOptions>? configure = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols));
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ShopData>().AddSingleton<ShopEvents>().AddSingleton<IParameterBinding, ThingBinding>().AddSingleton<IGraphQLRequestInitializer, Initializer>();
        builder.Services.AddGraphQL(configure).AddTypes(ShopHost.Types);
        var app = builder.Build();
        app.MapGraphQL("/graphql");
        await app.StartAsync();
        return new ShopServer(app);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? accept = null, string contentType = "application/json", Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, "", accept, new StringContent(body, Encoding.UTF8, contentType), change);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string query, string? accept = null, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, Url + query) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        change?.Invoke(request);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<TestSocket> ConnectAsync(string? protocol = "graphql-transport-ws", string? origin = null, bool init = true, Version? version = null)
    {
        var socket = new ClientWebSocket();
        if (version is not null)
        {
            (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        }

        if (protocol is not null)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new UriBuilder(Url) { Scheme = "ws" }.Uri, Http, CancellationToken.None);
        var test = new TestSocket(socket);
        if (init)
        {
            await test.SendAsync("""{"type":"connection_init"}""");
            Assert.Equal("""{"type":"connection_ack"}""", await test.ReceiveAsync());
        }

        return test;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Initializer : IGraphQLRequestInitializer
    {
        public ValueTask<bool> InitializeAsync(HttpContext http, JsonElement connectionInit, GraphQLRequestContext context, CancellationToken cancellationToken)
        {
            var who = connectionInit.ValueKind == JsonValueKind.Object && connectionInit.TryGetProperty("who", out var given) ? given.GetString() : http.Request.Headers["X-Who"].ToString();
            context.RootScope = new Eyes(who is { Length: > 0 } ? who : "anyone");
            context.Set((Eyes)context.RootScope);
            return ValueTask.FromResult(who != "nobody");
        }
    }
}

/// <summary>A socket that speaks in lines.</summary>
internal sealed class TestSocket(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Limit = StoppedTime.Patience;

    public WebSocketState State => socket.State;

    public Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message that is not a ping.</summary>
    public async Task<string> ReceiveAsync()
    {
        while (true)
        {
            var message = await NextAsync();
            if (message != """{"type":"ping"}""")
            {
                return message;
            }
        }
    }

    /// <summary>The next message, or the close code and reason.</summary>
    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return $"{(int)socket.CloseStatus!} {socket.CloseStatusDescription}".Trim();
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose() => socket.Dispose();
}
