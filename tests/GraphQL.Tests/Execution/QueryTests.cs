using System.Text.Json;
using ClientPortal.GraphQL.Tests.Shop;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class QueryTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    private static string Echo(string text) => "{\"data\":{\"echo\":\"" + text + "\"}}";

    [Fact]
    public async Task A_page_with_nested_pages_takes_one_call_a_field()
    {
        var answer = await _shop.RunAsync("""
            { customers(first: 3) { totalCount pageInfo { hasNextPage } edges { cursor node { name kind orders(first: 2) { nodes { number total placedAt placedOn } } } } } }
            """);

        Assert.Equal(["orders of 3 customers, seen by anyone", "count of customers"], _shop.Data.Calls.Order().Reverse());
        Assert.StartsWith("""{"data":{"customers":{"totalCount":30,"pageInfo":{"hasNextPage":true},"edges":[{"cursor":""", answer, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Customer 1","kind":"PRIVATE","orders":{"nodes":[{"number":1,"total":1.10,"placedAt":"2026-01-02T10:00:00.000Z","placedOn":"2026-01-02"},{"number":31""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_total_is_counted_only_when_asked_for()
    {
        await _shop.RunAsync("{ customers { nodes { name } } }");
        Assert.Empty(_shop.Data.Calls);
    }

    [Fact]
    public async Task Loaders_send_all_keys_of_a_level_together_and_late_keys_too()
    {
        var answer = await _shop.RunAsync("{ customers(first: 5) { nodes { lastOrder { number } lastOrderCustomerName } } }");

        Assert.DoesNotContain("errors", answer, StringComparison.Ordinal);
        Assert.Contains("""{"lastOrder":{"number":61},"lastOrderCustomerName":"Customer 1"}""", answer, StringComparison.Ordinal);
        Assert.Single(_shop.Data.Calls, c => c == "last orders: 5");
    }

    [Fact]
    public async Task References_to_other_types_nodes_are_loaded_together()
    {
        var answer = await _shop.RunAsync("{ customers(first: 2) { nodes { orders(first: 3) { nodes { customer { name } subject { id ... on Customer { name } } } } } } }");

        Assert.Single(_shop.Data.Calls, c => c == "customers by id: 2");
        Assert.Contains("""{"customer":{"name":"Customer 2"},"subject":{"id":""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_are_found_by_id_and_unknown_ids_are_null()
    {
        var id = NodeId.Encode("Customer", Ids.Of(1, 7));
        var answer = await _shop.RunAsync(
            "query($ids: [ID!]!, $id: ID!) { node(id: $id) { __typename id ... on Customer { name } } nodes(ids: $ids) { id } customer(id: $id) { name } none: customer(id: \"nonsense\") { name } }",
            new { id, ids = new[] { id, "nonsense", NodeId.Encode("Order", Ids.Of(2, 1)), NodeId.Encode("Customer", Guid.NewGuid()) } });

        Assert.Equal($$$"""{"data":{"node":{"__typename":"Customer","id":"{{{id}}}","name":"Customer 7"},"nodes":[{"id":"{{{id}}}"},null,null,null],"customer":{"name":"Customer 7"},"none":null}}""", answer);
        Assert.Equal(["customers by id: 2"], _shop.Data.Calls);
    }

    [Fact]
    public async Task Scopes_hold_beneath_the_object_that_opens_them_and_batches_do_not_mix_them()
    {
        var answer = await _shop.RunAsync("{ first { seenBy } customers(first: 2) { nodes { portal { customer { seenBy orders(first: 1) { nodes { number } } } } } } }");

        Assert.Contains("""{"first":{"seenBy":"Customer 1 seen by anyone"}""", answer, StringComparison.Ordinal);
        Assert.Contains("Customer 2 seen by Customer 2", answer, StringComparison.Ordinal);
        Assert.Equal(["orders of 1 customers, seen by Customer 1", "orders of 1 customers, seen by Customer 2"], _shop.Data.Calls.Order());
    }

    [Fact]
    public async Task Inputs_become_records_with_defaults_optionals_and_ids()
    {
        var id = NodeId.Encode("Customer", Ids.Of(1, 3));
        Assert.Equal(
            Echo($"n; {Ids.Of(1, 3)}; 1; no note; no email; Customer; BigCompany; 0; no inner; 1,2"),
            await _shop.RunAsync("query($id: ID) { echo(input: { name: \"n\", customerId: $id, numbers: 1, any: $id }) }", new { id }));
        Assert.Equal(
            Echo($"n; {Guid.Empty}; 1,2; note null; a@b.c; ; Private; 1.50; inner; 3"),
            await _shop.RunAsync("query($i: EchoInput!) { echo(input: $i) }", new { i = new { name = "n", customerId = NodeId.Encode("Order", Ids.Of(1, 3)), numbers = new[] { 1, 2 }, note = (string?)null, email = "a@b.c", any = "?", kind = "PRIVATE", rate = "1.50", inner = new { name = "inner" }, preset = new[] { 3 } } }));
    }

    [Fact]
    public async Task An_input_that_does_not_fit_is_refused_before_anything_runs()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync("query($i: EchoInput!) { echo(input: $i) }", new { i = new { name = "n", email = "not an address" } })).RootElement;

        Assert.False(answer.TryGetProperty("data", out _));
        Assert.Contains("at .email", answer.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("BAD_USER_INPUT", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("first: 0", 0)]
    [InlineData("first: null", 20)]
    [InlineData("first: null, last: 3", 3)]
    public async Task GQL_09_a_page_of_none_is_empty_and_one_of_no_size_is_of_the_usual(string size, int items) =>
        Assert.Equal(items, JsonDocument.Parse(await _shop.RunAsync($"{{ customers({size}) {{ nodes {{ name }} }} }}")).RootElement.GetProperty("data").GetProperty("customers").GetProperty("nodes").GetArrayLength());

    [Theory]
    [InlineData("{ customers(first: 101) { nodes { name } } }")]
    [InlineData("{ customers(first: -1) { nodes { name } } }")]
    [InlineData("{ customers(last: -1) { nodes { name } } }")]
    [InlineData("{ customers(first: 1, last: 1) { nodes { name } } }")]
    public async Task GQL_09_a_page_size_outside_of_the_limits_is_an_error(string query)
    {
        Assert.Contains("\"code\":\"BAD_PAGE\"", await _shop.RunAsync(query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_have_the_defaults_of_their_parameters()
    {
        Assert.Equal("""{"data":{"hello":"hello world","loud":"HELLO you HELLO you"}}""", await _shop.RunAsync("{ hello loud: hello(name: \"you\", times: 2, loud: true) }"));
    }

    [Fact]
    public async Task Interfaces_and_unions_take_the_types_that_implement_them()
    {
        Assert.Equal(
            """{"data":{"shapes":[{"__typename":"Circle","area":7.07},{"__typename":"Box","area":4,"describe":"side 2 of 30"}],"things":[{"radius":1.5},{"side":2}]}}""",
            await _shop.RunAsync("{ shapes { __typename area ... on Box { describe(prefix: \"side\") } } things { ... on Circle { radius } ... on Box { side } } }"));
    }

    [Fact]
    public async Task Skip_and_include_are_decided_per_request()
    {
        const string Query = "query($a: Boolean!) { first { name @include(if: $a) ... @skip(if: $a) { kind } } }";
        Assert.Equal("""{"data":{"first":{"name":"Customer 1"}}}""", await _shop.RunAsync(Query, new { a = true }));
        Assert.Equal("""{"data":{"first":{"kind":"PRIVATE"}}}""", await _shop.RunAsync(Query, new { a = false }));
        Assert.Equal("""{"data":{"first":{"name":"Customer 1"}}}""", await _shop.RunAsync(Query, new { a = true }));
    }

    [Fact]
    public async Task Bound_parameters_are_disposed_of_when_the_resolver_is_done()
    {
        Assert.Equal("""{"data":{"bound":{"wasOpen":true,"isClosedNow":true}}}""", await _shop.RunAsync("{ bound { wasOpen isClosedNow } }"));
    }
}
