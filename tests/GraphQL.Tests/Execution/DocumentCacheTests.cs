using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Tests.Validation;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class DocumentCacheTests
{
    // What it stands for is no longer than its text; run with every choice, it has 32 plans of 101 fields.
    private static readonly string Choices =
        $"query(${string.Join(": Boolean! $", "abcde".ToCharArray())}: Boolean!) {{ {string.Concat("abcde".Select(v => $"{v}: __typename @skip(if: ${v}) "))} {string.Concat(Enumerable.Range(0, 100).Select(i => $"n{i}: __typename "))} }}";

    [Fact]
    public void A_documents_plans_count_and_push_others_out()
    {
        var cache = new DocumentCache(300_000);
        var (other, choices) = (Document("{ dog { name } } #" + new string('x', 30_000)), Document(Choices));
        cache.Add(other);
        cache.Add(choices);

        Run(choices, values: 1);
        cache.Weigh(choices);
        Assert.Same(other, cache.Find(other.Text));
        Assert.Same(choices, cache.Find(choices.Text));

        Run(choices, values: 8);
        cache.Weigh(choices);
        Assert.Null(cache.Find(other.Text));
        Assert.Same(choices, cache.Find(choices.Text));

        Run(choices, values: 32);
        cache.Weigh(choices);
        Assert.Null(cache.Find(choices.Text)); // alone too much
        cache.Add(other);
        Assert.Same(other, cache.Find(other.Text));
    }

    private static CachedDocument Document(string text) => new(text, Parser.Parse(Source.From(text), ParserOptions.Default), []);

    private static void Run(CachedDocument document, int values)
    {
        for (var i = 0; i < values; i++)
        {
            var variables = Enumerable.Range(0, 5).ToDictionary(bit => "abcde".Substring(bit, 1), object? (bit) => (i >> bit & 1) == 1);
            document.Plan(Zoo.Schema, document.Operation(null)!, Zoo.Schema.Query!, variables); // the zoo has a query type, the document one operation
        }
    }
}
