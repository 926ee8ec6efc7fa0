using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Tests.Shop;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class SubscriptionTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Each_event_is_answered_with_the_selected_fields()
    {
        var result = await Subscribe("subscription { orderPlaced(above: 1) { number customer { name } } }");
        foreach (var order in _shop.Data.Orders.Take(3))
        {
            Assert.True(_shop.Events.Orders.Writer.TryWrite(order));
        }

        _shop.Events.Orders.Writer.Complete();
        var answers = await result.Events!.Select(r => r.ToString()).ToListAsync();

        Assert.Equal(["""{"data":{"orderPlaced":{"number":2,"customer":{"name":"Customer 2"}}}}""", """{"data":{"orderPlaced":{"number":3,"customer":{"name":"Customer 3"}}}}"""], answers);
        await _shop.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_client_that_leaves_closes_the_stream()
    {
        using var gone = new CancellationTokenSource();
        var result = await Subscribe("subscription { orderPlaced { number } }", gone.Token);
        var reading = result.Events!.CountAsync().AsTask();
        await _shop.Events.WaitOpenedAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await _shop.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_refused_subscription_opens_no_stream_and_has_no_data()
    {
        var result = await Subscribe("subscription { staffEvents }");
        Assert.Null(result.Events);
        Assert.StartsWith("""{"errors":[{"message":"staff only",""", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("data", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _shop.Events.OpenedCount);
    }

    [Fact]
    public async Task A_rule_that_refuses_at_an_event_ends_the_stream_and_says_why()
    {
        var result = await Subscribe("subscription { ordersWhileAllowed { number } }");
        foreach (var order in _shop.Data.Orders.Take(4))
        {
            Assert.True(_shop.Events.Orders.Writer.TryWrite(order));
        }

        var answers = new List<string>();
        await foreach (var answer in result.Events!)
        {
            answers.Add(answer.ToString());
            _shop.Events.Allowed = answers.Count < 2;
        }

        Assert.Equal(3, answers.Count);
        Assert.Contains("\"message\":\"not any more\"", answers[2], StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", answers[2], StringComparison.Ordinal);
        await _shop.Events.WaitClosedAsync();
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_is_an_error()
    {
        var result = await Subscribe("subscription { failingEvents }");
        Assert.Null(result.Events);
        Assert.Contains("NOT_FOUND", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_with_a_masked_error()
    {
        var result = await Subscribe("subscription { orderPlaced { number } }");
        _shop.Events.Orders.Writer.TryWrite(_shop.Data.Orders[0]);
        _shop.Events.Orders.Writer.Complete(new InvalidOperationException("connection lost"));
        var answers = await result.Events!.Select(r => r.ToString()).ToListAsync();
        Assert.Equal(2, answers.Count);
        Assert.Contains("INTERNAL", answers[1], StringComparison.Ordinal);
        Assert.DoesNotContain("connection lost", answers[1], StringComparison.Ordinal);
    }

    private ValueTask<GraphQLResult> Subscribe(string query, CancellationToken cancellationToken = default) =>
        _shop.Executor.ExecuteAsync(new GraphQLRequest(query), _shop.Context(), cancellationToken);
}
