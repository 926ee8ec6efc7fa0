using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Validation;
using ClientPortal.GraphQL.Validation.Limits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClientPortal.GraphQL.Tests.Validation;

public sealed class PageVariableTests
{
    private static readonly RequestExecutor Executor = new(
        Zoo.Schema,
        Options.Create(new GraphQLOptions { Validation = new ValidationOptions { Limits = new QueryLimitOptions { MaxCost = 100 } } }),
        NullLogger<ErrorReporter>.Instance);

    [Theory]
    [InlineData("{\"n\": 99}", false)]
    [InlineData("{\"n\": 100}", true)]
    [InlineData("{\"n\": null}", false)]
    [InlineData("{}", false)]
    public async Task A_page_s_size_from_a_variable_counts_with_its_value(string variables, bool refused)
    {
        using var json = JsonDocument.Parse(variables);
        var request = new GraphQLRequest("query ($n: Int) { ...F } fragment F on Query { animals(first: $n) { name } }", Variables: json.RootElement);
        var result = await Executor.ExecuteAsync(request, new GraphQLRequestContext(null!), CancellationToken.None);
        Assert.Equal(refused, result.Errors.Any(e => e.Code == "QUERY_LIMIT_EXCEEDED"));
        Assert.Equal(refused, !result.IsExecuted);
    }

    [Theory]
    [InlineData(33, false)]
    [InlineData(34, true)]
    public async Task Each_id_of_a_list_from_a_variable_counts(int ids, bool refused)
    {
        var variables = JsonSerializer.SerializeToElement(new { ids = Enumerable.Repeat("x", ids) });
        var result = await Executor.ExecuteAsync(new GraphQLRequest("query ($ids: [ID!]!) { byIds(ids: $ids) { name friend { name } } }", Variables: variables), new GraphQLRequestContext(null!), CancellationToken.None);
        Assert.Equal(refused, result.Errors.Any(e => e.Code == "QUERY_LIMIT_EXCEEDED"));
    }
}
