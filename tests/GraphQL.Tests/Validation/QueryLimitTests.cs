using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Validation;
using ClientPortal.GraphQL.Validation.Limits;

namespace ClientPortal.GraphQL.Tests.Validation;

public sealed class QueryLimitTests
{
    private static readonly QueryLimitOptions None = new()
    {
        MaxDepth = 1000, MaxFields = 1000, MaxAliases = 1000, MaxDirectives = 1000, MaxFragmentSpreads = 1000,
        MaxRootFields = 1000, MaxOperations = 1000, MaxIntrospectionLists = 1000, MaxCost = 1000,
    };

    private const string Text = "query Q { a: dog { ...F ...F } b: cat { name @once } } fragment F on Dog { friend { n: name @skip(if: false) } }";

    public static TheoryData<string, QueryLimitOptions, QueryLimitOptions> Limits => new()
    {
        { "3 levels", None with { MaxDepth = 3 }, None with { MaxDepth = 2 } },
        { "7 fields", None with { MaxFields = 7 }, None with { MaxFields = 6 } },
        { "4 aliases", None with { MaxAliases = 4 }, None with { MaxAliases = 3 } },
        { "3 directives", None with { MaxDirectives = 3 }, None with { MaxDirectives = 2 } },
        { "2 fragment spreads", None with { MaxFragmentSpreads = 2 }, None with { MaxFragmentSpreads = 1 } },
        { "2 root fields", None with { MaxRootFields = 2 }, None with { MaxRootFields = 1 } },
        { "1 operations", None with { MaxOperations = 1 }, None with { MaxOperations = 0 } },
        { "7 fields in its answer", None with { MaxCost = 7 }, None with { MaxCost = 6 } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Each_limit_holds_exactly_with_fragments_expanded(string measured, QueryLimitOptions enough, QueryLimitOptions tooLittle)
    {
        Assert.Empty(Zoo.Validate(Text, new ValidationOptions { Limits = enough }));
        var error = Assert.Single(Zoo.Validate(Text, new ValidationOptions { Limits = tooLittle }));
        Assert.Contains(measured, error.Message, StringComparison.Ordinal);
        Assert.Equal("QUERY_LIMIT_EXCEEDED", error.Code);
    }

    public static TheoryData<string> Floods =>
    [
        "{ dog { " + string.Concat(Enumerable.Range(0, 1000).Select(i => $"a{i}: name ")) + "} }",
        "{ dog { name " + string.Concat(Enumerable.Repeat("@once ", 1000)) + "} }",
        "{ dog { name " + string.Concat(Enumerable.Range(0, 1000).Select(i => $"@d{i} ")) + "} }",
        "{ " + string.Concat(Enumerable.Repeat("__typename ", 10_000)) + "}",
        "{ animals(first: [" + string.Concat(Enumerable.Repeat("1 ", 10_000)) + "]) { name } }",
        "query __schema { " + string.Concat(Enumerable.Range(0, 21).Select(i => $"a{i}: __typename ")) + "}",
    ];

    [Theory]
    [MemberData(nameof(Floods))]
    public void GQL_02_floods_of_aliases_directives_and_tokens_are_refused(string text) =>
        Assert.Contains(ErrorsOf(text), e => e.Code == "QUERY_LIMIT_EXCEEDED");

    private static IReadOnlyList<GraphQLError> ErrorsOf(string text)
    {
        try
        {
            return Validator.Validate(Zoo.Schema, Parser.Parse(Source.From(text), ParserOptions.Default), ValidationOptions.Default);
        }
        catch (SyntaxException refused)
        {
            return [refused.ToError()];
        }
    }

    [Theory]
    [InlineData("query __schema { animals(first: 100) { name } }")]
    [InlineData("query IntrospectionQuery { animals(first: 100) { name } }")]
    [InlineData("{ ...__schema } fragment __schema on Query { animals(first: 100) { name } }")]
    [InlineData("{ __typename: animals(first: 100) { __schema: name } }")]
    public void GQL_11_no_name_makes_an_operation_cheaper(string text)
    {
        Assert.Empty(Zoo.Validate(text, new ValidationOptions { Limits = None with { MaxCost = 101 } }));
        Assert.Contains(" 101 fields", Assert.Single(Zoo.Validate(text, new ValidationOptions { Limits = None with { MaxCost = 100 } })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ animals { name } }", 21)]
    [InlineData("{ animals(first: 5) { name friend { name } } }", 16)]
    [InlineData("{ animals(last: 7) { name } }", 8)]
    [InlineData("{ animals(first: 5, last: 7) { name } }", 8)]
    [InlineData("{ animals(first: -5) { name } }", 2)]
    [InlineData("query ($n: Int) { animals(first: $n) { name } }", 21)]
    [InlineData("query ($n: Int = 3) { animals(first: $n) { name } }", 4)]
    [InlineData("{ byIds(ids: [1, 2, 3]) { name friend { name } } }", 10)]
    [InlineData("{ byIds(ids: 99) { name } }", 2)]
    [InlineData("query ($i: [ID!]!) { byIds(ids: $i) { name } }", 21)]
    [InlineData("query ($i: [ID!]! = [1, 2]) { byIds(ids: $i) { name } }", 3)]
    [InlineData("{ house { residents(first: 10) { ...R } } } fragment R on Resident { ... on Person { name } }", 12)]
    [InlineData("{ animals(first: 99999999999) { name } }", int.MaxValue)]
    public void The_cost_counts_pages_in_full(string text, int cost)
    {
        var errors = Zoo.Validate(text, new ValidationOptions { Limits = None with { MaxCost = Math.Min(cost, 1_000_000) - 1 } });
        Assert.Single(errors);
        if (cost < int.MaxValue)
        {
            Assert.Contains($" {cost} fields", errors[0].Message, StringComparison.Ordinal);
            Assert.Empty(Zoo.Validate(text, new ValidationOptions { Limits = None with { MaxCost = cost } }));
        }
    }

    [Fact]
    public void The_cost_of_a_page_from_a_variable_is_known_at_execution()
    {
        var document = Parser.Parse(Source.From("query ($n: Int) { animals(first: $n) { name } }"), ParserOptions.Default);
        var operation = (OperationNode)document.Definitions[0];
        Assert.Null(QueryLimits.CheckCost(Zoo.Schema, document, operation, _ => 99, None with { MaxCost = 100 }));
        Assert.NotNull(QueryLimits.CheckCost(Zoo.Schema, document, operation, _ => 100, None with { MaxCost = 100 }));
    }

    [Fact]
    public void Introspection_is_allowed_once_over_but_not_nested()
    {
        const string once = "{ __schema { types { fields { args { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } }";
        Assert.Empty(Zoo.Validate(once, ValidationOptions.Default));
        var nested = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        Assert.Contains("introspection lists", Assert.Single(Zoo.Validate(nested, ValidationOptions.Default)).Message, StringComparison.Ordinal);
    }
}
