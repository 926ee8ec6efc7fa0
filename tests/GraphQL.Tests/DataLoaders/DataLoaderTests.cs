using ClientPortal.GraphQL.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Tests.DataLoaders;

public sealed class DataLoaderTests : IDisposable
{
    private readonly ShopHost _shop = new(null, typeof(Chains), typeof(Lasts));

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Keys_asked_for_after_an_await_are_loaded_whenever_they_come()
    {
        var answer = await _shop.RunAsync("{ customers(first: 20) { nodes { chain(length: 20, pause: true) instantly: chain(length: 20, pause: false) } } }").WaitAsync(StoppedTime.Patience);
        Assert.DoesNotContain("errors", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loaders_that_ask_each_other_in_step_share_their_batches()
    {
        await _shop.RunAsync("{ customers(first: 20) { nodes { chain(length: 5, pause: false) } } }").WaitAsync(StoppedTime.Patience);
        Assert.Equal(5, _shop.Data.Calls.Count(c => c == "numbers: 20"));
    }

    [Fact]
    public async Task What_a_batch_throws_reaches_all_who_asked()
    {
        var answer = await _shop.RunAsync("{ customers(first: 3) { nodes { failing } } }").WaitAsync(StoppedTime.Patience);
        Assert.Equal(3, answer.Split("\"INTERNAL\"").Length - 1);
        Assert.EndsWith("""{"nodes":[{"failing":null},{"failing":null},{"failing":null}]}}}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_whose_result_cannot_be_read_fails_at_once_for_all_who_asked()
    {
        var answer = await _shop.RunAsync("{ customers(first: 3) { nodes { unreadable } } }").WaitAsync(StoppedTime.Patience);
        Assert.Equal(3, answer.Split("\"INTERNAL\"").Length - 1);
    }

    [Fact]
    public async Task Grouped_loaders_give_lists_and_an_empty_one_for_unknown_keys()
    {
        Assert.Equal("""{"data":{"first":{"orderNumbers":[1,31,61],"noNumbers":[]}}}""", await _shop.RunAsync("{ first { orderNumbers noNumbers } }"));
    }

    [Fact]
    public async Task A_loader_belongs_to_its_scope()
    {
        await _shop.RunAsync("{ first { chain(length: 1, pause: false) portal { customer { chain(length: 1, pause: false) } } } }");
        Assert.Equal(2, _shop.Data.Calls.Count(c => c == "numbers: 1"));
    }

    [Fact]
    public async Task A_loader_that_goes_last_takes_along_what_others_load_through_it()
    {
        // Asked directly first, and by another loader only when that is sent off.
        Assert.Equal("""{"data":{"first":{"direct":1,"through":2}}}""", await _shop.RunAsync("{ first { direct through } }"));
        Assert.Equal(["last: 2"], _shop.Data.Calls.Where(c => c.StartsWith("last", StringComparison.Ordinal)));
    }

    [ExtendObjectType<Customer>]
    internal static class Chains
    {
        public static async Task<int> GetChainAsync([Parent] Customer customer, int length, bool pause, Numbers numbers, CancellationToken cancellationToken)
        {
            var sum = 0;
            for (var i = 0; i < length; i++)
            {
                if (pause)
                {
                    await Task.Delay(customer.Name.Length % 3, cancellationToken);
                }

                sum += await numbers.LoadAsync((customer.Id, i), cancellationToken);
            }

            return sum;
        }

        public static async Task<int?> GetFailingAsync([Parent] Customer customer, Failing failing, CancellationToken cancellationToken) => await failing.LoadAsync(customer.Id, cancellationToken);

        public static async Task<int?> GetUnreadableAsync([Parent] Customer customer, Unreadable unreadable, CancellationToken cancellationToken) => await unreadable.LoadAsync(customer.Id, cancellationToken);

        public static Task<IReadOnlyList<int>> GetOrderNumbersAsync([Parent] Customer customer, OrderNumbers numbers, CancellationToken cancellationToken) => numbers.LoadAsync(customer.Id, cancellationToken);

        public static Task<IReadOnlyList<int>> GetNoNumbersAsync(OrderNumbers numbers, CancellationToken cancellationToken) => numbers.LoadAsync(Guid.Empty, cancellationToken);
    }

    [ExtendObjectType<Customer>]
    internal static class Lasts
    {
        public static Task<int> GetDirectAsync(Last last, CancellationToken cancellationToken) => last.LoadAsync(1, cancellationToken);

        public static Task<int> GetThroughAsync(ThroughLast through, CancellationToken cancellationToken) => through.LoadAsync(2, cancellationToken);
    }

    internal sealed class Last(ShopData data) : BatchDataLoader<int, int>
    {
        protected internal override bool GoesLast => true; // internal, for this assembly sees the engine's internals

        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            data.Calls.Enqueue($"last: {keys.Count}");
            return Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(k => k));
        }
    }

    internal sealed class ThroughLast(Last last) : BatchDataLoader<int, int>
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            new Dictionary<int, int> { [keys[0]] = await last.LoadAsync(keys[0], cancellationToken) };
    }

    internal sealed class Numbers(ShopData data, [ScopedState] Eyes eyes) : BatchDataLoader<(Guid, int), int>
    {
        protected override async Task<IReadOnlyDictionary<(Guid, int), int>> LoadBatchAsync(IReadOnlyList<(Guid, int)> keys, CancellationToken cancellationToken)
        {
            Assert.NotNull(eyes);
            data.Calls.Enqueue($"numbers: {keys.Count}");
            await Task.Yield();
            return keys.ToDictionary(k => k, k => k.Item2);
        }
    }

    internal sealed class Failing : BatchDataLoader<Guid, int>
    {
        protected override Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken) => throw new InvalidOperationException("no");
    }

    internal sealed class Unreadable : BatchDataLoader<Guid, int>
    {
        protected override Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<Guid, int>>(null!);
    }

    internal sealed class OrderNumbers(IServiceProvider services) : GroupedDataLoader<Guid, int>
    {
        protected override Task<ILookup<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
            Task.FromResult(services.GetRequiredService<ShopData>().Orders.Where(o => keys.Contains(o.CustomerId)).ToLookup(o => o.CustomerId, o => o.Number));
    }
}
