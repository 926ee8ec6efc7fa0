using System.Net;

namespace ClientPortal.GraphQL.Tests.Transport;

public sealed class HttpTests : IAsyncLifetime
{
    private const string GraphQLResponse = "application/graphql-response+json";

    private ShopServer? _server;

    private ShopServer Server => _server!;

    public async Task InitializeAsync() => _server = await ShopServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Theory]
    [InlineData("""{"query":"{ hello }"}""", GraphQLResponse, 200)]
    [InlineData("""{"query":"{ hello }"}""", "application/json", 200)]
    [InlineData("""{"query":"{ hello }"}""", null, 200)]
    [InlineData("""{"query":"{ hello }"}""", "*/*", 200)]
    [InlineData("""{"query":"{ hello }"}""", "text/html", 406)]
    [InlineData("""{"query":"{ hello }"}""", "text/html;q=0.9, application/graphql-response+json;q=0.1", 200)]
    [InlineData("""{"query":"{ hello "}""", GraphQLResponse, 400)]
    [InlineData("""{"query":"{ hello "}""", "application/json", 200)]
    [InlineData("""{"query":"{ unknown }"}""", GraphQLResponse, 400)]
    [InlineData("""{"query":"{ unknown }"}""", "application/json", 200)]
    [InlineData("""{"query":"query($a: Int!) { hello(times: $a) }"}""", GraphQLResponse, 400)]
    [InlineData("""{"query":"{ staffOnly }"}""", GraphQLResponse, 200)]
    [InlineData("""{"query":"{ first { fails } }"}""", GraphQLResponse, 200)]
    [InlineData("""{"query":1}""", GraphQLResponse, 400)]
    [InlineData("""{"query":"{ hello }","variables":[]}""", "application/json", 400)]
    [InlineData("""{"query":"{ hello }","operationName":1}""", "application/json", 400)]
    [InlineData("""{"query":"{ hello }","extensions":1}""", "application/json", 400)]
    [InlineData("""{"query":""", "application/json", 400)]
    [InlineData("", "application/json", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("""{"query":"subscription { orderPlaced { number } }"}""", "application/json", 400)]
    public async Task Post_answers_with_the_status_of_the_specification(string body, string? accept, int status)
    {
        using var response = await Server.PostAsync(body, accept);
        Assert.Equal(status, (int)response.StatusCode);
        var expected = accept?.Contains(GraphQLResponse, StringComparison.Ordinal) == true ? GraphQLResponse : "application/json";
        Assert.Equal($"{expected}; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("application/json;q=0, */*", GraphQLResponse)]
    [InlineData("*/*, application/json;q=0.1", GraphQLResponse)]
    [InlineData("application/*, application/graphql-response+json;q=0.5", "application/json")]
    [InlineData("application/json;q=0.2, application/graphql-response+json;q=0.8", GraphQLResponse)]
    [InlineData("application/json;charset=\"utf-8\"", "application/json")]
    [InlineData("application/json;charset=utf-16, application/graphql-response+json;q=0.1", GraphQLResponse)]
    [InlineData("text/*", "text/event-stream")]
    [InlineData("*/*;q=0", null)]
    [InlineData("application/json;q=0", null)]
    public async Task The_answer_is_what_the_client_wants_most(string accept, string? expected)
    {
        using var response = await Server.PostAsync("""{"query":"{ hello }"}""", accept);
        Assert.Equal(expected is null ? HttpStatusCode.NotAcceptable : HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{expected ?? "application/json"}; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task GQL_04_a_batch_is_refused()
    {
        var batch = string.Join(',', Enumerable.Repeat("""{"query":"mutation { ping { pong } }"}""", 100));
        using var response = await Server.PostAsync($"[{batch}]", GraphQLResponse);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"query":"{ hello }","query":"{ hello }"}""")]
    [InlineData("""{"query":"{ hello }","qu\u0065ry":"{ hello }"}""")]
    [InlineData("""{"query":"query($n: String!) { hello(name: $n) }","variables":{"n":"a","n":"b"}}""")]
    [InlineData("""{"query":"{ hello } #\ud800"}""")]
    [InlineData("""{"query":"{ hello }","operationName":"\udc00"}""")]
    [InlineData("""{"query":"{ hello }","\ud800":1}""")]
    [InlineData("""{"query":"{ hello }","extensions":{"persistedQuery":{"sha256Hash":"\ud800"}}}""")]
    [InlineData("""{"query":"query($n: String!) { hello(name: $n) }","variables":{"n":"\ud800"}}""")]
    [InlineData("""{"query":"query($t: Int!) { hello(times: $t) }","variables":{"t":9007199254740992}}""")]
    [InlineData("""{"query":"query($t: Int!) { hello(times: $t) }","variables":{"t":1e999}}""")]
    [InlineData("""{"query":"query($r: Decimal!) { echo(input: { name: \"n\", rate: $r }) }","variables":{"r":1e999}}""")]
    public async Task GQL_08_json_that_readers_understand_differently_is_refused(string body)
    {
        using var response = await Server.PostAsync(body, GraphQLResponse);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task GQL_08_deep_variables_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"inner\":", 100_000));
        using var response = await Server.PostAsync($$"""{"query":"query($i: EchoInput!) { echo(input: $i) }","variables":{"i":{{deep}}""", GraphQLResponse);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        using var closed = await Server.PostAsync($$$"""{"query":"{ hello }","variables":{"i":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}}""", GraphQLResponse);
        Assert.Equal(HttpStatusCode.BadRequest, closed.StatusCode);
    }

    [Theory]
    [InlineData("""{"query":"query A { hello } query B { hello }"}""")]
    [InlineData("""{"query":"query A { hello } query B { hello }","operationName":"C"}""")]
    [InlineData("""{"query":"query A { hello }","operationName":""}""")]
    public async Task GQL_13_an_operation_that_cannot_be_told_is_not_run(string body)
    {
        using var response = await Server.PostAsync(body, GraphQLResponse);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("OPERATION_NOT_FOUND", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/graphql", 415)]
    public async Task Other_bodies_are_refused(string contentType, int status)
    {
        using var response = await Server.PostAsync("""{"query":"{ hello }"}""", contentType: contentType);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("identity", 200)]
    public async Task A_body_is_taken_as_it_is(string coding, int status)
    {
        using var response = await Server.PostAsync("""{"query":"{ hello }"}""", change: r => r.Content!.Headers.ContentEncoding.Add(coding));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var small = await ShopServer.StartAsync(o => o.MaxRequestBytes = 1000);
        using var response = await small.PostAsync($$"""{"query":"{ hello } #{{new string('x', 2000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        using var chunked = await small.PostAsync($$"""{"query":"{ hello } #{{new string('x', 2000)}}"}""", change: r => r.Headers.TransferEncodingChunked = true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task GQL_10_get_runs_queries_with_variables_and_nothing_else()
    {
        using var query = await Server.SendAsync(HttpMethod.Get, "?query=" + Uri.EscapeDataString("query Q($n: String!) { hello(name: $n) }") + "&operationName=Q&variables=" + Uri.EscapeDataString("""{"n":"you"}"""));
        Assert.Equal("""{"data":{"hello":"hello you"}}""", await query.Content.ReadAsStringAsync());
        Assert.Equal(["Accept"], query.Headers.Vary);
        using var mutation = await Server.SendAsync(HttpMethod.Get, "?query=" + Uri.EscapeDataString("mutation { ping { pong } }"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, mutation.StatusCode);
        Assert.Equal("POST", mutation.Content.Headers.Allow.Single());
        using var none = await Server.SendAsync(HttpMethod.Get, "");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Options, HttpMethod.Put })
        {
            using var other = await Server.SendAsync(method, "?query=%7B%20hello%20%7D");
            Assert.Equal(HttpStatusCode.MethodNotAllowed, other.StatusCode);
        }

        foreach (var (parameter, half) in new[] { ("extensions", """{"persistedQuery":{"sha256Hash":"\ud800"}}"""), ("variables", """{"\ud800":1}""") })
        {
            using var refused = await Server.SendAsync(HttpMethod.Get, $"?query=%7B%20hello%20%7D&{parameter}={Uri.EscapeDataString(half)}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_get_with_a_cookie_needs_the_preflight_header()
    {
        const string Query = "?query=%7B%20hello%20%7D";
        using var forged = await Server.SendAsync(HttpMethod.Get, Query, change: r => r.Headers.Add("Cookie", "a=b"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var own = await Server.SendAsync(HttpMethod.Get, Query, change: r =>
        {
            r.Headers.Add("Cookie", "a=b");
            r.Headers.Add("GraphQL-Preflight", "1");
        });
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task The_host_decides_who_is_asking_and_may_refuse()
    {
        using var staff = await Server.PostAsync("""{"query":"{ staffOnly first { seenBy } }"}""", change: r => r.Headers.Add("X-Who", "staff"));
        Assert.Equal("""{"data":{"staffOnly":1,"first":{"seenBy":"Customer 1 seen by staff"}}}""", await staff.Content.ReadAsStringAsync());
        using var nobody = await Server.PostAsync("""{"query":"{ hello }"}""", change: r => r.Headers.Add("X-Who", "nobody"));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task Server_sent_events_carry_every_response_and_a_complete()
    {
        using var single = await Server.PostAsync("""{"query":"{ hello }"}""", "text/event-stream");
        Assert.Equal("text/event-stream; charset=utf-8", single.Content.Headers.ContentType!.ToString());
        Assert.Equal("event: next\ndata: {\"data\":{\"hello\":\"hello world\"}}\n\nevent: complete\ndata:\n\n", await single.Content.ReadAsStringAsync());

        using var stream = await Server.PostAsync("""{"query":"subscription { orderPlaced { number } }"}""", "text/event-stream");
        await Server.Events.WaitOpenedAsync();
        Server.Events.Orders.Writer.TryWrite(Server.Data.Orders[0]);
        Server.Events.Orders.Writer.TryWrite(Server.Data.Orders[1]);
        Server.Events.Orders.Writer.Complete();
        Assert.Equal(
            "event: next\ndata: {\"data\":{\"orderPlaced\":{\"number\":1}}}\n\nevent: next\ndata: {\"data\":{\"orderPlaced\":{\"number\":2}}}\n\nevent: complete\ndata:\n\n",
            await stream.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_reader_that_leaves_closes_the_stream()
    {
        var stream = await Server.PostAsync("""{"query":"subscription { orderPlaced { number } }"}""", "text/event-stream");
        await Server.Events.WaitOpenedAsync();
        stream.Dispose();
        await Server.Events.WaitClosedAsync();
    }
}
