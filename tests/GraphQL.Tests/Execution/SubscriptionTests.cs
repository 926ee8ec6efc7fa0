using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
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

    [Theory]
    [InlineData("subscription { unknown }")]
    [InlineData("subscription { orderPlaced @skip(if: true) { number } }")]
    public async Task A_document_that_was_not_validated_and_selects_no_field_is_refused(string text)
    {
        var document = new CachedDocument(text, Parser.Parse(Source.From(text), ParserOptions.Default), []);
        var result = await _shop.Executor.ExecuteAsync(new PreparedRequest(document, document.Operation(null), []), new GraphQLRequest(text), _shop.Context(), CancellationToken.None);
        Assert.False(result.IsExecuted);
        Assert.Equal("A subscription must select one root field.", Assert.Single(result.Errors).Message);
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

    [Fact]
    public async Task One_execution_answers_all_who_follow_the_same_and_no_others()
    {
        const string Same = "subscription ($to: String) { ordersTold(to: $to) { number } }";
        var streams = new[] { await Follow(Same), await Follow(Same), await Follow(Same, new { to = "you" }), await Follow("subscription { ordersTold { id: number } }") };

        var answers = await TellAsync(streams, _shop.Data.Orders[4]);

        Assert.Equal(["""{"data":{"ordersTold":{"number":5}}}""", """{"data":{"ordersTold":{"number":5}}}""", """{"data":{"ordersTold":{"number":5}}}""", """{"data":{"ordersTold":{"id":5}}}"""], answers.Select(a => a.ToString()));
        Assert.Equal(3, _shop.Events.Told);
    }

    [Fact]
    public async Task What_fails_for_one_is_executed_again_for_the_others()
    {
        var streams = new[] { await Follow("subscription { ordersTold(fails: true) { number } }"), await Follow("subscription { ordersTold(fails: true) { number } }") };

        var answers = await TellAsync(streams, _shop.Data.Orders[4]);

        Assert.All(answers, a => Assert.Equal("FAILED", Assert.Single(a.Errors).Code));
        Assert.Equal(2, _shop.Events.Told);
    }

    [Fact]
    public async Task What_leaves_a_trace_of_who_asked_is_executed_for_each()
    {
        var streams = new[] { await Follow("subscription { ordersTold(personal: true) { number } }"), await Follow("subscription { ordersTold(personal: true) { number } }") };

        var answers = await TellAsync(streams, _shop.Data.Orders[4]);

        Assert.All(answers, a => Assert.Equal("""{"data":{"ordersTold":{"number":5}}}""", a.ToString()));
        Assert.Equal(2, _shop.Events.Told);
    }

    [Fact]
    public async Task Of_those_who_share_an_event_each_is_asked_whether_it_still_may_have_it()
    {
        var streams = new[] { await Follow("subscription { ordersTold { number } }"), await Follow("subscription { ordersTold { number } }") };
        var shared = new SharedEvent<Order>(_shop.Data.Orders[4]);
        _shop.Events.Sharing.ForEach(s => s.TryWrite(shared));
        var first = streams[0].GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());

        _shop.Events.Allowed = false;
        var second = await streams[1].ToListAsync();

        Assert.Equal("""{"data":{"ordersTold":{"number":5}}}""", first.Current.ToString());
        Assert.Equal("FORBIDDEN", Assert.Single(Assert.Single(second).Errors).Code);
        await first.DisposeAsync();
    }

    private async Task<IAsyncEnumerable<GraphQLResult>> Follow(string query, object? variables = null) =>
        (await _shop.Executor.ExecuteAsync(new GraphQLRequest(query, null, JsonSerializer.SerializeToElement(variables)), _shop.Context(), CancellationToken.None)).Events!;

    private async Task<List<GraphQLResult>> TellAsync(IAsyncEnumerable<GraphQLResult>[] streams, Order order)
    {
        var shared = new SharedEvent<Order>(order);
        foreach (var hears in _shop.Events.Sharing)
        {
            hears.TryWrite(shared);
            hears.Complete();
        }

        return [.. (await Task.WhenAll(streams.Select(s => s.SingleAsync().AsTask())))];
    }

    private ValueTask<GraphQLResult> Subscribe(string query, CancellationToken cancellationToken = default) =>
        _shop.Executor.ExecuteAsync(new GraphQLRequest(query), _shop.Context(), cancellationToken);
}
