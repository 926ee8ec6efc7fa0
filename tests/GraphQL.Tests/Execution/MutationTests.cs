using ClientPortal.GraphQL.Tests.Shop;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class MutationTests : IDisposable
{
    private const string Rename = """
        mutation($id: ID!, $name: String!) {
          renameCustomer(input: { id: $id, name: $name }) { customer { name } errors { __typename ... on Error { message code } ... on TooLongError { limit } } }
        }
        """;

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Success_has_the_object_and_no_errors()
    {
        Assert.Equal(
            """{"data":{"renameCustomer":{"customer":{"name":"New"},"errors":null}}}""",
            await _shop.RunAsync(Rename, new { id = NodeId.Encode("Customer", Ids.Of(1, 1)), name = "New" }, "staff"));
    }

    [Fact]
    public async Task A_refusal_by_the_rule_is_a_typed_error_and_nothing_runs()
    {
        Assert.Equal(
            """{"data":{"renameCustomer":{"customer":null,"errors":[{"__typename":"RefusedError","message":"staff only","code":"FORBIDDEN"}]}}}""",
            await _shop.RunAsync(Rename, new { id = NodeId.Encode("Customer", Ids.Of(1, 1)), name = "New" }));
        Assert.Empty(_shop.Data.Calls);
    }

    [Fact]
    public async Task An_id_of_another_type_looks_like_one_that_does_not_exist()
    {
        const string NotThere = """{"data":{"renameCustomer":{"customer":null,"errors":[{"__typename":"NotThereError","message":"There is no such customer.","code":"NOT_FOUND"}]}}}""";
        Assert.Equal(NotThere, await _shop.RunAsync(Rename, new { id = NodeId.Encode("Order", Ids.Of(1, 1)), name = "New" }, "staff"));
        Assert.Equal(NotThere, await _shop.RunAsync(Rename, new { id = "nonsense", name = "New" }, "staff"));
        Assert.Equal(NotThere, await _shop.RunAsync(Rename, new { id = NodeId.Encode("Customer", Guid.NewGuid()), name = "New" }, "staff"));
    }

    [Fact]
    public async Task Several_errors_come_together_with_their_own_fields()
    {
        Assert.Equal(
            """{"data":{"renameCustomer":{"customer":null,"errors":[{"__typename":"TooLongError","message":"At most 20 characters.","code":"TOO_LONG","limit":20},{"__typename":"NotThereError","message":"There is no such customer.","code":"NOT_FOUND"}]}}}""",
            await _shop.RunAsync(Rename, new { id = NodeId.Encode("Customer", Ids.Of(1, 1)), name = new string('x', 21) }, "staff"));
    }

    [Fact]
    public async Task Mutations_run_one_after_the_other_each_with_all_its_fields()
    {
        var id = NodeId.Encode("Customer", Ids.Of(1, 1));
        var answer = await _shop.RunAsync(
            $$"""
            mutation {
              a: renameCustomer(input: { id: "{{id}}", name: "a" }) { customer { name orders(first: 1) { totalCount } } }
              b: renameCustomer(input: { id: "{{id}}", name: "b" }) { customer { name } }
            }
            """,
            asWho: "staff");
        Assert.Equal("""{"data":{"a":{"customer":{"name":"a","orders":{"totalCount":3}}},"b":{"customer":{"name":"b"}}}}""", answer);
        Assert.Equal(["rename to a", "orders of 1 customers, seen by staff", "count of orders", "rename to b"], _shop.Data.Calls);
    }

    [Fact]
    public async Task A_payload_class_is_the_payload_itself()
    {
        Assert.Equal("""{"data":{"ping":{"pong":true}}}""", await _shop.RunAsync("mutation { ping { pong } }"));
        Assert.Equal("""{"data":{"signUp":{"token":"token","customer":{"name":"Customer 1"},"errors":null}}}""", await _shop.RunAsync("mutation { signUp(input: { email: \"a@b.c\" }) { token customer { name } errors { __typename } } }"));
        Assert.Equal("""{"data":{"signUp":{"token":null,"errors":[{"__typename":"TooLongError"}]}}}""", await _shop.RunAsync("mutation { signUp(input: { email: \"aaaaaaaaaaaaaaaaaaaaaaaaa@b.c\" }) { token errors { __typename } } }"));
    }
}
