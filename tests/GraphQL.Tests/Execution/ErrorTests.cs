using System.Text.Json;
using ClientPortal.GraphQL.Tests.Shop;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class ErrorTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task GQL_06_an_exception_is_masked_and_logged_under_the_id_that_the_caller_gets()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync("query Q { first { fails } customers(first: 1) { totalCount } }", new { secret = "variable" })).RootElement;

        var error = answer.GetProperty("errors")[0];
        Assert.Equal("Unexpected error", error.GetProperty("message").GetString());
        Assert.Equal("INTERNAL", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("[\"first\",\"fails\"]", error.GetProperty("path").GetRawText());
        Assert.Equal("""[{"line":1,"column":19}]""", error.GetProperty("locations").GetRawText());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
        var (text, exception) = Assert.Single(_shop.Log.Entries);
        Assert.Contains(error.GetProperty("extensions").GetProperty("id").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains("Customer.fails", text, StringComparison.Ordinal);
        Assert.Equal("internal detail about Customer 1", exception!.Message);
        Assert.DoesNotContain("variable", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_where_null_may_not_stand_takes_the_nearest_nullable_with_it()
    {
        Assert.Equal(
            """{"errors":[{"message":"Cannot return null for non-nullable field Customer.broken.","locations":[{"line":1,"column":36}],"path":["customer","broken"],"extensions":{"code":"UNEXPECTED_NULL"}}],"data":{"customer":null,"hello":"hello world"}}""",
            await _shop.RunAsync($"{{ customer(id: \"{NodeId.Encode("Customer", Ids.Of(1, 1))}\") {{ name broken }} hello }}").ContinueWith(t => WithoutColumn(t.Result), TaskScheduler.Default));
    }

    [Fact]
    public async Task A_node_that_is_gone_by_now_is_said_to_be_where_null_may_not_stand()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync("{ customers(first: 1) { nodes { orders(first: 1) { nodes { number formerCustomer { name } } } } } }")).RootElement;
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("NOT_FOUND", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("What Order.formerCustomer refers to is not there any more, or no longer open to you.", error.GetProperty("message").GetString());
        Assert.Empty(_shop.Log.Entries);
    }

    [Fact]
    public async Task What_fails_in_a_list_of_non_nulls_takes_the_list_with_it()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync("{ customers(first: 2) { nodes { broken orders(first: 1) { nodes { number } } } } }")).RootElement;
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
        Assert.Equal("""["customers","nodes",0,"broken"]""", answer.GetProperty("errors")[0].GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task An_error_names_the_first_ten_places_of_its_field()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync($"{{ {string.Concat(Enumerable.Repeat("staffOnly ", 12))} }}")).RootElement;
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 3 + (10 * i)), answer.GetProperty("errors")[0].GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task A_condition_that_is_null_at_run_time_fails_the_object_whose_fields_it_decides()
    {
        var query = $"query($c: Boolean = false) {{ customer(id: \"{NodeId.Encode("Customer", Ids.Of(1, 1))}\") {{ name @skip(if: $c) kind }} hello }}";
        Assert.Contains("""{"name":"Customer 1","kind":""", await _shop.RunAsync(query), StringComparison.Ordinal);
        Assert.Contains("""{"kind":""", await _shop.RunAsync(query, new { c = true }), StringComparison.Ordinal);

        var answer = JsonDocument.Parse(await _shop.RunAsync(query, new { c = (bool?)null })).RootElement;
        Assert.Equal("""{"customer":null,"hello":"hello world"}""", answer.GetProperty("data").GetRawText());
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("Argument \"@skip(if:)\" must not be null, but variable \"$c\" is.", error.GetProperty("message").GetString());
        Assert.Equal("[\"customer\"]", error.GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task A_condition_that_is_null_at_the_root_fails_the_whole()
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync("query($c: Boolean = true) { hello ... { hello @include(if: $c) } }", new { c = (bool?)null })).RootElement;
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
        Assert.Equal("""[{"line":1,"column":60}]""", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("locations").GetRawText());
    }

    [Fact]
    public async Task A_rule_refuses_before_the_resolver_runs()
    {
        var refused = await _shop.RunAsync("{ staffOnly hello }");
        Assert.Contains("\"message\":\"staff only\"", refused, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"FORBIDDEN\"", refused, StringComparison.Ordinal);
        Assert.EndsWith("""{"staffOnly":null,"hello":"hello world"}}""", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("staff only ran", _shop.Data.Calls);

        Assert.Equal("""{"data":{"staffOnly":1}}""", await _shop.RunAsync("{ staffOnly }", asWho: "staff"));
        Assert.Contains("staff only ran", _shop.Data.Calls);
    }

    [Fact]
    public async Task A_rule_on_a_field_of_an_object_refuses_that_field_alone()
    {
        Assert.EndsWith("""{"customers":{"nodes":[{"name":"Customer 1","secret":null},{"name":"Customer 2","secret":null}]}}}""", await _shop.RunAsync("{ customers(first: 2) { nodes { name secret } } }"), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"first":{"secret":"secret of Customer 1"}}}""", await _shop.RunAsync("{ first { secret } }", asWho: "staff"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up()
    {
        using var shop = new ShopHost(o => o.ExecutionTimeout = TimeSpan.FromMilliseconds(50));
        Assert.Contains("\"code\":\"TIMEOUT\"", await shop.RunAsync("{ endless }").WaitAsync(StoppedTime.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_resolvers()
    {
        using var gone = new CancellationTokenSource();
        var running = _shop.RunAsync("{ endless }", cancellationToken: gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("{ first { name ", "GRAPHQL_PARSE_FAILED")]
    [InlineData("{ unknown }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("", "BAD_REQUEST")]
    public async Task A_request_that_cannot_run_has_errors_and_no_data(string query, string code)
    {
        var answer = JsonDocument.Parse(await _shop.RunAsync(query)).RootElement;
        Assert.False(answer.TryGetProperty("data", out _));
        Assert.Equal(code, answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task GQL_05_introspection_can_be_switched_off()
    {
        using var shop = new ShopHost(o => o.Introspection = false);
        Assert.Contains("INTROSPECTION_DISABLED", await shop.RunAsync("{ __schema { queryType { name } } }"), StringComparison.Ordinal);
        Assert.Contains("INTROSPECTION_DISABLED", await shop.RunAsync("{ __type(name: \"Query\") { name } }"), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await shop.RunAsync("{ __typename }"));
    }

    [Fact]
    public async Task GQL_07_only_trusted_documents_run_when_so_set()
    {
        const string Known = "{ hello }";
        using var shop = new ShopHost(o =>
        {
            o.TrustedDocuments = new TrustedDocuments([Known]);
            o.OnlyTrustedDocuments = true;
        });
        Assert.Equal("""{"data":{"hello":"hello world"}}""", await shop.RunAsync(Known));
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await shop.RunAsync("{ hello __typename }"), StringComparison.Ordinal);
        var byHash = await shop.Executor.ExecuteAsync(new GraphQLRequest(null, DocumentId: TrustedDocuments.HashOf(Known)), shop.Context(), CancellationToken.None);
        Assert.Equal("""{"data":{"hello":"hello world"}}""", byHash.ToString());
        var unknown = await shop.Executor.ExecuteAsync(new GraphQLRequest(null, DocumentId: new string('0', 64)), shop.Context(), CancellationToken.None);
        Assert.Contains("PERSISTED_QUERY_NOT_FOUND", unknown.ToString(), StringComparison.Ordinal);
        var lying = await shop.Executor.ExecuteAsync(new GraphQLRequest("{ __typename }", DocumentId: new string('0', 64)), shop.Context(), CancellationToken.None);
        Assert.False(lying.IsExecuted);
    }

    private static string WithoutColumn(string answer) => System.Text.RegularExpressions.Regex.Replace(answer, "\"column\":\\d+", "\"column\":36");
}
