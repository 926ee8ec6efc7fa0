namespace ClientPortal.GraphQL.Tests.Shop;

/// <summary>Somebody who orders.</summary>
[ObjectType<Customer>]
[Node]
internal static class CustomerType
{
    [ID]
    public static Guid GetId([Parent] Customer c) => c.Id;

    /// <summary>What they are called.</summary>
    public static string GetName([Parent] Customer c) => c.Name;

    public static string? GetNote([Parent] Customer c) => c.Note;

    public static CustomerKind GetKind([Parent] Customer c) => c.Kind;

    [GraphQLDeprecated("Use name.")]
    public static string GetTitle([Parent] Customer c) => c.Name;

    [Refuse("secret")]
    public static string? GetSecret([Parent] Customer c) => "secret of " + c.Name;

    public static string GetFails([Parent] Customer c) => throw new InvalidOperationException("internal detail about " + c.Name);

    public static string GetBroken([Parent] Customer c) => null!;

    public static string GetSeenBy([Parent] Customer c, [ScopedState] Eyes eyes) => $"{c.Name} seen by {eyes.Name}";

    public static Portal GetPortal([Parent] Customer c) => new(c, new Eyes(c.Name));

    [NodeResolver]
    public static Task<IReadOnlyList<Customer?>> GetCustomersByIdAsync(IReadOnlyList<Guid> ids, ShopData data)
    {
        data.Calls.Enqueue($"customers by id: {ids.Count}");
        return Task.FromResult<IReadOnlyList<Customer?>>([.. ids.Select(id => data.Customers.Find(c => c.Id == id))]);
    }
}

[ObjectType<Portal>]
internal static class PortalType
{
    public static Customer GetCustomer([Parent] Portal p) => p.Customer;
}

[ExtendObjectType("Customer")]
internal static class CustomerOrders
{
    public static async Task<IReadOnlyList<Connection<Order>>> GetOrdersAsync([ParentId] IReadOnlyList<Guid> ids, PagingArguments paging, ShopData data, [ScopedState] Eyes eyes, CancellationToken cancellationToken)
    {
        await Task.Yield();
        data.Calls.Enqueue($"orders of {ids.Count} customers, seen by {eyes.Name}");
        return [.. ids.Select(id => data.PageOf([.. data.Orders.Where(o => o.CustomerId == id)], paging, o => Cursor.Encode(o.Number), "orders"))];
    }

    public static async Task<Order?> GetLastOrderAsync([ParentId] Guid id, LastOrderOf loader, CancellationToken cancellationToken) => await loader.LoadAsync(id, cancellationToken);

    /// <summary>Asks a second loader with what the first one gave.</summary>
    public static async Task<string?> GetLastOrderCustomerNameAsync([ParentId] Guid id, LastOrderOf last, CustomerById customers, CancellationToken cancellationToken)
    {
        var order = await last.LoadAsync(id, cancellationToken);
        await Task.Delay(1, cancellationToken);
        return order is null ? null : (await customers.LoadAsync(order.CustomerId, cancellationToken))?.Name;
    }

    public static string GetGreeting([Parent] IHasId customer) => $"Hello {customer.Id}";
}

[ObjectType<Order>]
internal static class OrderType
{
    [ID]
    public static Guid GetId([Parent] Order o) => o.Id;

    public static int GetNumber([Parent] Order o) => o.Number;

    public static decimal GetTotal([Parent] Order o) => o.Total;

    public static DateTimeOffset GetPlacedAt([Parent] Order o) => o.PlacedAt;

    public static DateOnly GetPlacedOn([Parent] Order o) => DateOnly.FromDateTime(o.PlacedAt.UtcDateTime);

    [NodeType("Customer")]
    public static NodeRef? GetCustomer([Parent] Order o) => new NodeRef(o.CustomerId);

    public static NodeRef? GetSubject([Parent] Order o) => new NodeRef(o.CustomerId, "Customer");

    [NodeType("Customer")]
    public static NodeRef GetFormerCustomer([Parent] Order o) => new(Guid.CreateVersion7());
}

internal sealed class LastOrderOf(ShopData data) : BatchDataLoader<Guid, Order>
{
    protected override Task<IReadOnlyDictionary<Guid, Order>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        data.Calls.Enqueue($"last orders: {keys.Count}");
        return Task.FromResult<IReadOnlyDictionary<Guid, Order>>(data.Orders.Where(o => keys.Contains(o.CustomerId)).GroupBy(o => o.CustomerId).ToDictionary(g => g.Key, g => g.MaxBy(o => o.Number)!));
    }
}

internal sealed class CustomerById(ShopData data) : BatchDataLoader<Guid, Customer>
{
    protected override async Task<IReadOnlyDictionary<Guid, Customer>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        data.Calls.Enqueue($"customers: {keys.Count}");
        return data.Customers.Where(c => keys.Contains(c.Id)).ToDictionary(c => c.Id);
    }
}

internal static class Pages
{
    public static Connection<T> PageOf<T>(this ShopData data, List<T> all, PagingArguments paging, Func<T, string> cursor, string counted)
    {
        var start = paging.After is null ? 0 : all.FindIndex(i => cursor(i) == paging.After) + 1;
        var page = all.Skip(start).Take(paging.Size).ToList();
        return new Connection<T>(page, cursor, start + page.Count < all.Count, start > 0, _ =>
        {
            data.Calls.Enqueue("count of " + counted);
            return ValueTask.FromResult(all.Count);
        });
    }
}
