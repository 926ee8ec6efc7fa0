using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClientPortal.GraphQL.Tests.Shop;

/// <summary>The shop's schema behind a real executor, without a transport.</summary>
internal sealed class ShopHost : IDisposable
{
    public static readonly Type[] Types =
    [
        typeof(CustomerType), typeof(CustomerOrders), typeof(PortalType), typeof(OrderType), typeof(ShopQueries), typeof(Circle), typeof(Square),
        typeof(RenameCustomer), typeof(Ping), typeof(SignUp), typeof(ShopSubscriptions),
    ];

    private readonly ServiceProvider _services;

    public ShopHost(Action<GraphQLOptions>? configure = null, params Type[] more)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Data).AddSingleton(Events).AddSingleton(Log);
        services.AddSingleton<IParameterBinding, ThingBinding>();
        services.AddSingleton<ILoggerFactory>(Log).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddGraphQL(o =>
        {
            o.Introspection = true;
            configure?.Invoke(o);
        }).AddTypes([.. Types, .. more]);
        _services = services.BuildServiceProvider();
    }

    public ShopData Data { get; } = new();

    public ShopEvents Events { get; } = new();

    public RecordingLog Log { get; } = new();

    public RequestExecutor Executor => _services.GetRequiredService<RequestExecutor>();

    public GraphQLRequestContext Context(string? name = null)
    {
        var context = new GraphQLRequestContext(_services) { RootScope = new Eyes(name ?? "anyone") };
        if (name is not null)
        {
            context.Set(new Eyes(name));
        }

        return context;
    }

    public async Task<string> RunAsync(string query, object? variables = null, string? asWho = null, CancellationToken cancellationToken = default)
    {
        var result = await Executor.ExecuteAsync(new GraphQLRequest(query, null, JsonSerializer.SerializeToElement(variables)), Context(asWho), cancellationToken);
        return result.ToString();
    }

    public void Dispose()
    {
        _services.Dispose();
        Events.Dispose();
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    public List<(string Text, Exception? Exception)> Entries { get; } = [];

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Entries)
        {
            Entries.Add((formatter(state, exception), exception));
        }
    }
}
