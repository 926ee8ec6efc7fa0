using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Tests.Shop;

[SubscriptionType]
internal static class ShopSubscriptions
{
    [AllowAnonymous]
    [Subscribe(With = nameof(StreamAsync))]
    public static Order OrderPlaced([EventMessage] Order order) => order;

    public static async IAsyncEnumerable<Order> StreamAsync(int? above, ShopEvents events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        events.Opened();
        try
        {
            await foreach (var order in events.Orders.Reader.ReadAllAsync(cancellationToken))
            {
                if (order.Number > (above ?? 0))
                {
                    yield return order;
                }
            }
        }
        finally
        {
            events.Closed();
            await events.Leaving;
        }
    }

    /// <summary>A stream of its own for each subscriber that never ends by itself.</summary>
    [AllowAnonymous]
    [Subscribe(With = nameof(FloodAsync))]
    public static string Flood([EventMessage] string text) => text;

    public static async IAsyncEnumerable<string> FloodAsync(ShopEvents events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        events.Opened();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                events.Flooded++;
                yield return ShopEvents.Wave;
                await Task.Yield();
            }
        }
        finally
        {
            events.Closed();
        }
    }

    [WhileAllowed]
    [Subscribe(With = nameof(StreamAsync))]
    public static Order OrdersWhileAllowed([EventMessage] Order order) => order;

    [WhileAllowed]
    [Subscribe(With = nameof(SharedAsync))]
    public static Order OrdersTold([EventMessage] Order order, bool? fails, bool? personal, string? to, ShopEvents events, ResolverContext context)
    {
        context.Request.IsPersonal = personal is true;
        Interlocked.Increment(ref events.Told);
        return fails is true ? throw new GraphQLException("failed", "FAILED") : order;
    }

    public static IAsyncEnumerable<SharedEvent<Order>> SharedAsync(ShopEvents events, CancellationToken cancellationToken)
    {
        var mine = Channel.CreateUnbounded<SharedEvent<Order>>();
        lock (events.Sharing)
        {
            events.Sharing.Add(mine.Writer);
        }

        events.Opened();
        return mine.Reader.ReadAllAsync(cancellationToken);
    }

    [Refuse("staff only")]
    [Subscribe(With = nameof(NobodyAsync))]
    public static int StaffEvents([EventMessage] int number) => number;

    public static IAsyncEnumerable<int> NobodyAsync(ShopEvents events)
    {
        events.Opened();
        return AsyncEnumerable.Empty<int>();
    }

    [AllowAnonymous]
    [Subscribe(With = nameof(FailAsync))]
    public static int FailingEvents([EventMessage] int number) => number;

    public static IAsyncEnumerable<int> FailAsync() => throw new GraphQLException("No such stream.", "NOT_FOUND");
}

internal sealed class WhileAllowedAttribute : AuthorizeAttribute
{
    public override Type ErrorType => typeof(RefusedError);

    public override ValueTask<UserError?> CheckAsync(ResolverContext context) =>
        new(context.Services.GetRequiredService<ShopEvents>().Allowed ? null : new RefusedError("not any more"));
}

internal sealed class ShopEvents : IDisposable
{
    private readonly SemaphoreSlim _opened = new(0);
    private readonly SemaphoreSlim _closed = new(0);

    /// <summary>How often an event was executed.</summary>
    internal int Told;

    /// <summary>Where each who follows the shared events hears them.</summary>
    public List<ChannelWriter<SharedEvent<Order>>> Sharing { get; } = [];

    public Channel<Order> Orders { get; } = Channel.CreateUnbounded<Order>();

    /// <summary>One event of a flood: 16 KB.</summary>
    public static string Wave { get; } = new('~', 16 * 1024);

    /// <summary>How many waves were made.</summary>
    public int Flooded { get; set; }

    public bool Allowed { get; set; } = true;

    /// <summary>What a stream of orders waits for after it was closed.</summary>
    public Task Leaving { get; set; } = Task.CompletedTask;

    public int OpenedCount { get; private set; }

    public void Dispose()
    {
        _opened.Dispose();
        _closed.Dispose();
    }

    public void Opened()
    {
        OpenedCount++;
        _opened.Release();
    }

    public void Closed() => _closed.Release();

    public async Task WaitOpenedAsync() => Assert.True(await _opened.WaitAsync(StoppedTime.Patience), "the stream was not opened");

    public async Task WaitClosedAsync() => Assert.True(await _closed.WaitAsync(StoppedTime.Patience), "the stream was not closed");
}
