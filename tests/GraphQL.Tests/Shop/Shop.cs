using System.Collections.Concurrent;

namespace ClientPortal.GraphQL.Tests.Shop;

internal sealed record Customer(Guid Id, string Name, string? Note, CustomerKind Kind) : IHasId;

internal enum CustomerKind
{
    Private,
    BigCompany,
}

internal sealed record Order(Guid Id, Guid CustomerId, int Number, decimal Total, DateTimeOffset PlacedAt);

/// <summary>Data in memory that counts how often it is asked.</summary>
internal sealed class ShopData
{
    public List<Customer> Customers { get; } = [.. Enumerable.Range(1, 30).Select(i => new Customer(Ids.Of(1, i), $"Customer {i}", i % 2 == 0 ? "note" : null, i % 3 == 0 ? CustomerKind.BigCompany : CustomerKind.Private))];

    public List<Order> Orders { get; } = [.. Enumerable.Range(1, 90).Select(i => new Order(Ids.Of(2, i), Ids.Of(1, ((i - 1) % 30) + 1), i, i * 1.10m, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddDays(i)))];

    public ConcurrentQueue<string> Calls { get; } = new();
}

internal static class Ids
{
    public static Guid Of(int kind, int number) => new(number, (short)kind, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}

/// <summary>Whose eyes the data is seen with.</summary>
internal sealed record Eyes(string Name);

internal sealed record Portal(Customer Customer, Eyes Eyes) : IScopeBoundary
{
    object IScopeBoundary.Scope => Eyes;
}
