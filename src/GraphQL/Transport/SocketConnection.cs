using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Transport;

/// <summary>One socket: reads messages, runs operations side by side, and writes through a bounded queue. Whatever ends it cancels all its operations and waits for them.</summary>
internal sealed class SocketConnection : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpContext _http;
    private readonly RequestExecutor _executor;
    private readonly GraphQLOptions _options;
    private readonly SocketMessages _messages;
    private readonly CancellationTokenSource _closing;
    private readonly CancellationTokenSource _aborting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Cancellation, Task Run)> _operations = new(StringComparer.Ordinal);
    private volatile SocketClosedException? _reason;
    private Task _guarding = Task.CompletedTask;
    private JsonElement _init;
    private volatile bool _initialised;
    private long _heardAt;

    public SocketConnection(WebSocket socket, HttpContext http, RequestExecutor executor, GraphQLOptions options)
    {
        _http = http;
        _executor = executor;
        _options = options;
        _closing = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        _aborting = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        _messages = new SocketMessages(socket, options);
    }

    public async Task RunAsync()
    {
        var reading = GuardAsync(ReadAllAsync());
        var writing = GuardAsync(_messages.WriteAllAsync(_closing.Token, _aborting.Token));
        var watching = GuardAsync(WatchAsync());
        await Task.WhenAny(reading, _ended.Task);
        await _closing.CancelAsync();
        await Task.WhenAll(_operations.Values.Select(o => o.Run).Append(watching).Append(_guarding));

        // A receive or send that is cancelled tears the socket down, and the close frame with it: they get a little time to end by themselves.
        _aborting.CancelAfter(CloseTimeout);
        await writing;
        await _messages.CloseAsync(_reason?.Code ?? SocketClose.Normal, _reason?.Message ?? "", _aborting.Token);
        await reading;
    }

    public ValueTask DisposeAsync()
    {
        _closing.Dispose();
        _aborting.Dispose();
        return default;
    }

    private async Task ReadAllAsync()
    {
        while (await _messages.ReadAsync(_options.MaxRequestBytes, _aborting.Token) is { } message)
        {
            using (message)
            {
                Volatile.Write(ref _heardAt, _options.TimeProvider.GetTimestamp());
                await HandleAsync(message.RootElement);
            }
        }
    }

    private async Task HandleAsync(JsonElement message)
    {
        var type = Text(message, "type");
        switch (type)
        {
            case "connection_init":
                await InitialiseAsync(message);
                break;
            case "ping":
                await _messages.SendAsync(new SocketMessage("pong"), _closing.Token);
                break;
            case "pong":
                break;
            case "subscribe":
                Subscribe(Text(message, "id"), message);
                break;
            case "complete":
                if (_operations.TryRemove(Text(message, "id"), out var operation))
                {
                    await operation.Cancellation.CancelAsync();
                }

                break;
            default:
                throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }
    }

    private async Task InitialiseAsync(JsonElement message)
    {
        if (_initialised)
        {
            throw new SocketClosedException(SocketClose.TooManyInits, "Too many initialisation requests");
        }

        _initialised = true;
        if (message.TryGetProperty("payload", out var payload) && payload.ValueKind != JsonValueKind.Null)
        {
            _init = payload.ValueKind == JsonValueKind.Object ? payload.Clone() : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }

        await using var scope = _http.RequestServices.CreateAsyncScope();
        if (await StartRequestAsync(scope.ServiceProvider, _closing.Token) is null)
        {
            throw new SocketClosedException(SocketClose.Forbidden, "Forbidden");
        }

        await _messages.SendAsync(new SocketMessage("connection_ack"), _closing.Token);
        Volatile.Write(ref _heardAt, _options.TimeProvider.GetTimestamp());
        _guarding = GuardAsync(EndWhenRefusedAsync());
    }

    private void Subscribe(string id, JsonElement message)
    {
        if (!_initialised)
        {
            throw new SocketClosedException(SocketClose.Unauthorized, "Unauthorized");
        }

        if (_operations.ContainsKey(id))
        {
            // A close reason has 123 bytes at most, and the id is the client's.
            throw new SocketClosedException(SocketClose.SubscriberExists, $"Subscriber for {(id.Length > 50 ? id[..50] : id)} already exists");
        }

        if (_operations.Count >= _options.MaxOperationsPerSocket)
        {
            throw new SocketClosedException(SocketClose.BadMessage, $"More than {_options.MaxOperationsPerSocket} operations at once");
        }

        GraphQLRequest request;
        try
        {
            // Variables outlive the message.
            request = HttpRequestReader.FromJson(message.TryGetProperty("payload", out var payload) ? payload.Clone() : default);
        }
        catch (BadGraphQLRequestException)
        {
            throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }

        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _operations[id] = (cancellation, GuardAsync(RunOperationAsync(id, request, started.Task, cancellation)));
        started.SetResult();
    }

    private async Task RunOperationAsync(string id, GraphQLRequest request, Task started, CancellationTokenSource cancellation)
    {
        await started;
        try
        {
            using var owned = cancellation;
            var token = cancellation.Token;
            await using var scope = _http.RequestServices.CreateAsyncScope();
            var context = await StartRequestAsync(scope.ServiceProvider, token) ?? throw new SocketClosedException(SocketClose.Forbidden, "Forbidden");
            var result = await _executor.ExecuteAsync(request, context, token);
            if (!result.IsExecuted)
            {
                await _messages.SendAsync(new SocketMessage("error", id, result), token);
                return;
            }

            if (result.Events is null)
            {
                await _messages.SendAsync(new SocketMessage("next", id, result), token);
            }
            else
            {
                await foreach (var response in result.Events.WithCancellation(token))
                {
                    await _messages.SendAsync(new SocketMessage("next", id, response), token);
                }
            }

            // Before the message goes out: the client may use the id again as soon as it reads it.
            _operations.TryRemove(id, out _);
            await _messages.SendAsync(new SocketMessage("complete", id), token);
        }
#pragma warning disable CA1031 // The caller gets an id, the log the exception, as with any field.
        catch (Exception exception) when (exception is not (OperationCanceledException or SocketClosedException or WebSocketException))
#pragma warning restore CA1031
        {
            await _messages.SendAsync(new SocketMessage("error", id, new GraphQLResult(_executor.Report(exception))), _closing.Token);
        }
        finally
        {
            _operations.TryRemove(id, out _);
        }
    }

    private async ValueTask<GraphQLRequestContext?> StartRequestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = new GraphQLRequestContext(services);
        var initializer = services.GetService<IGraphQLRequestInitializer>();
        return initializer is null || await initializer.InitializeAsync(_http, _init, context, cancellationToken) ? context : null;
    }

    /// <summary>Completes whatever runs and closes the socket, in this order, once whoever opened it may stay no longer.</summary>
    private async Task EndWhenRefusedAsync()
    {
        if (_http.RequestServices.GetService<IGraphQLRequestInitializer>() is not { } initializer)
        {
            return;
        }

        await initializer.WaitUntilRefusedAsync(_http, _init, _closing.Token);
        foreach (var id in _operations.Keys)
        {
            if (_operations.TryRemove(id, out var operation))
            {
                await operation.Cancellation.CancelAsync();
                await _messages.SendAsync(new SocketMessage("complete", id), _closing.Token);
            }
        }

        await _messages.SendAsync(SocketMessages.Forbidden, _closing.Token);
    }

    /// <summary>Closes sockets that never introduce themselves, and those that do not answer pings.</summary>
    private async Task WatchAsync()
    {
        await Task.Delay(_options.SocketInitTimeout, _options.TimeProvider, _closing.Token);
        if (!_initialised)
        {
            throw new SocketClosedException(SocketClose.InitTimeout, "Connection initialisation timeout");
        }

        while (true)
        {
            var pingedAt = _options.TimeProvider.GetTimestamp();
            await _messages.SendAsync(new SocketMessage("ping"), _closing.Token);
            await Task.Delay(_options.KeepAlive, _options.TimeProvider, _closing.Token);
            if (Volatile.Read(ref _heardAt) < pingedAt)
            {
                throw new SocketClosedException(SocketClose.Normal, "No answer to a ping");
            }
        }
    }

    /// <summary>Runs a part of the connection; its failure ends the whole.</summary>
    private async Task GuardAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (SocketClosedException reason)
        {
            _reason ??= reason;
            _ended.TrySetResult();
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The peer has gone, or another part has ended the connection; a cancelled operation ends alone.
        }
    }

    private static string Text(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text
            ? text
            : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
}
