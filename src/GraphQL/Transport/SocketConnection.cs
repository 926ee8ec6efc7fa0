using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Transport;

/// <summary>One socket: reads messages and runs operations side by side. Whatever ends it cancels all its operations and waits for them.</summary>
internal sealed class SocketConnection : IDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    // Bytes of a stream's responses that go out at once.
    private const int MostTogether = 16 * 1024;

    private readonly HttpContext _http;
    private readonly RequestExecutor _executor;
    private readonly GraphQLOptions _options;
    private readonly SocketMessages _messages;
    private readonly CancellationTokenSource _closing;
    private readonly CancellationToken _closed;
    private readonly CancellationTokenSource _aborting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Operation, byte> _running = [];
    private volatile SocketClosedException? _reason;
    private readonly long _openedAt;
    private Task _guarding = Task.CompletedTask;
    private Task _pinging = Task.CompletedTask;
    private JsonElement _init;
    private volatile bool _initialised;
    private long _heardAt;
    private long _pingedAt;

    public SocketConnection(SocketMessages messages, HttpContext http, RequestExecutor executor, GraphQLOptions options)
    {
        _http = http;
        _executor = executor;
        _options = options;
        _closing = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        _closed = _closing.Token; // the clock may look at a socket that has just gone
        _aborting = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        _messages = messages;
        _openedAt = options.TimeProvider.GetTimestamp();
    }

    public async Task RunAsync()
    {
        var reading = GuardAsync(ReadAllAsync());
        await Task.WhenAny(reading, _ended.Task);
        await _closing.CancelAsync();
        await Task.WhenAll(_running.Keys.Select(o => o.Run).Append(_guarding).Append(_pinging));

        // A receive or send that is cancelled tears the socket down, and the close frame with it: they get a little time to end by themselves.
        _aborting.CancelAfter(CloseTimeout);
        await _messages.CloseAsync(_reason?.Code ?? SocketClose.Normal, _reason?.Message ?? "", _aborting.Token);
        await reading;
    }

    /// <summary>Called now and then: closes a socket that never introduces itself, or does not answer pings.</summary>
    public void Look()
    {
        if (!_initialised)
        {
            if (Since(_openedAt) >= _options.SocketInitTimeout)
            {
                End(new SocketClosedException(SocketClose.InitTimeout, "Connection initialisation timeout"));
            }
        }
        else if (Since(_pingedAt == 0 ? _openedAt : _pingedAt) >= _options.KeepAlive && _pinging.IsCompleted && !_closing.IsCancellationRequested)
        {
            if (Volatile.Read(ref _heardAt) < _pingedAt)
            {
                End(new SocketClosedException(SocketClose.Normal, "No answer to a ping"));
                return;
            }

            _pingedAt = _options.TimeProvider.GetTimestamp();
            _pinging = GuardAsync(_messages.SendAsync(new SocketMessage("ping"), _closed).AsTask());
        }
    }

    public void Dispose()
    {
        _closing.Dispose();
        _aborting.Dispose();
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
                await _messages.SendAsync(new SocketMessage("pong"), _closed);
                break;
            case "pong":
                break;
            case "subscribe":
                Subscribe(Text(message, "id"), message);
                break;
            case "complete":
                if (_operations.TryRemove(Text(message, "id"), out var operation))
                {
                    await operation.CancelAsync();
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
            _init = payload.ValueKind == JsonValueKind.Object && HttpRequestReader.IsUnicode(payload) ? payload.Clone() : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");
        }

        _guarding = GuardAsync(EndWhenRefusedAsync());
        await using var scope = _http.RequestServices.CreateAsyncScope();
        if (await StartRequestAsync(scope.ServiceProvider, _closed) is null)
        {
            throw new SocketClosedException(SocketClose.Forbidden, "Forbidden");
        }

        await _messages.SendAsync(new SocketMessage("connection_ack"), _closed);
        Volatile.Write(ref _heardAt, _options.TimeProvider.GetTimestamp());
    }

    private void Subscribe(string id, JsonElement message)
    {
        if (!_initialised)
        {
            throw new SocketClosedException(SocketClose.Unauthorized, "Unauthorized");
        }

        if (_operations.ContainsKey(id))
        {
            throw new SocketClosedException(SocketClose.SubscriberExists, $"Subscriber for {id} already exists");
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

        var operation = new Operation(CancellationTokenSource.CreateLinkedTokenSource(_closed));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        operation.Run = GuardAsync(RunOperationAsync(id, request, started.Task, operation));
        _running.TryAdd(operation, 0);
        _operations[id] = operation;
        started.SetResult();
    }

    private async Task RunOperationAsync(string id, GraphQLRequest request, Task started, Operation operation)
    {
        await started;
        try
        {
            using var owned = operation.Cancellation;
            var token = owned.Token;
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
                await TellAsync(id, result.Events, token);
            }

            // Before the message goes out: the client may use the id again as soon as it reads it.
            Forget(id, operation);
            await _messages.SendAsync(new SocketMessage("complete", id), token);
        }
#pragma warning disable CA1031 // The caller gets an id, the log the exception, as with any field.
        catch (Exception exception) when (exception is not (OperationCanceledException or SocketClosedException or WebSocketException))
#pragma warning restore CA1031
        {
            await _messages.SendAsync(new SocketMessage("error", id, new GraphQLResult(_executor.Report(exception))), _closed);
        }
        finally
        {
            Forget(id, operation);
            _running.TryRemove(operation, out _);
        }
    }

    /// <summary>Its id may be another operation's by now: one that the client has completed still takes a moment to end.</summary>
    private void Forget(string id, Operation operation) => _operations.TryRemove(KeyValuePair.Create(id, operation));

    /// <summary>Sends a stream's responses. Those that are ready go out together; the next one is asked for while they are on their way, and no further one before they have gone.</summary>
    private async Task TellAsync(string id, IAsyncEnumerable<GraphQLResult> events, CancellationToken cancellationToken)
    {
        await using var responses = events.GetAsyncEnumerator(cancellationToken);
        var next = responses.MoveNextAsync();
        var sent = Task.CompletedTask;
        JsonOutput? frames = null;
        while (await next)
        {
            SocketMessages.Append(frames ??= JsonOutput.Rent(), new SocketMessage("next", id, responses.Current));
            next = responses.MoveNextAsync();
            if (!next.IsCompleted || frames.Written.Length >= MostTogether)
            {
                await sent;
                sent = SendAsync(frames, cancellationToken);
                frames = null;
            }
        }

        await sent;
        if (frames is not null)
        {
            await _messages.SendAsync(frames, cancellationToken);
        }
    }

    /// <summary>Its failure ends the connection, so nothing has to wait for it.</summary>
    private Task SendAsync(JsonOutput frames, CancellationToken cancellationToken)
    {
        var sending = _messages.SendAsync(frames, cancellationToken);
        return sending.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(sending.AsTask());
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

        await initializer.WaitUntilRefusedAsync(_http, _init, _closed);
        foreach (var id in _operations.Keys)
        {
            if (_operations.TryRemove(id, out var operation))
            {
                await operation.CancelAsync();
                await _messages.SendAsync(new SocketMessage("complete", id), _closed);
            }
        }

        throw new SocketClosedException(SocketClose.Forbidden, "Forbidden");
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
            End(reason);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The peer has gone, or another part has ended the connection; a cancelled operation ends alone.
        }
#pragma warning disable CA1031 // Masked and logged, as with any field; the client learns whether to come back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = _executor.Report(exception);
            End(new SocketClosedException(error.Code == ExecutionCodes.Unavailable ? SocketClose.TryAgainLater : SocketClose.InternalError, error.Message));
        }
    }

    private void End(SocketClosedException reason)
    {
        _reason ??= reason;
        _ended.TrySetResult();
    }

    private TimeSpan Since(long moment) => _options.TimeProvider.GetElapsedTime(moment);

    private static string Text(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && HttpRequestReader.Unicode(member) is { Length: > 0 } text
            ? text
            : throw new SocketClosedException(SocketClose.BadMessage, "Invalid message received");

    private sealed class Operation(CancellationTokenSource cancellation)
    {
        public CancellationTokenSource Cancellation { get; } = cancellation;

        public Task Run { get; set; } = Task.CompletedTask;

        public async Task CancelAsync()
        {
            try
            {
                await Cancellation.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }
}
