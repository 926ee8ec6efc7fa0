namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Section 5.3.2.</summary>
public sealed class FieldSelectionMergingTests
{
    [Theory]
    [InlineData("{ dog { barks barks } }")]
    [InlineData("{ dog { name(full: true) name(full: true) } }")]
    [InlineData("{ animals(filter: {name: \"a\", size: BIG}) { name } animals(filter: {size: BIG, name: \"a\"}) { friend { name } } }")]
    [InlineData("{ animal { ... on Dog { x: barks } ... on Cat { x: meows } } }")]
    [InlineData("{ animal { ... on Dog { name(full: true) } ... on Cat { name(full: false) } } }")]
    [InlineData("{ animal { ...A ...B } } fragment A on Animal { friend { name } } fragment B on Animal { friend { n: name } }")]
    [InlineData("{ any { ... on Dog { friend { x: name } } ... on Person { pet { x: name } } } }")]
    [InlineData("{ number(value: 1, list: [1]) number(list: [1], value: 1) }")]
    public void Alike_fields_and_fields_that_never_meet_merge(string text) => Zoo.Accepts(text);

    [Theory]
    [InlineData("{ dog { x: barks x: volume } }", "return Int! and Int", 9, 18)]
    [InlineData("{ cat { x: meows x: volume } }", "different fields", 9, 18)]
    [InlineData("{ dog { name name(full: true) } }", "different arguments", 9, 14)]
    [InlineData("{ number(value: 1) number(value: 2) }", "different arguments", 3, 20)]
    [InlineData("{ number(list: [1, 2]) number(list: [2, 1]) }", "different arguments")]
    [InlineData("{ animal { ... on Dog { volume } ... on Cat { volume } } }", "return Int and Int!", 25, 47)]
    [InlineData("{ animal { ... on Dog { size } ... on Cat { size } } }", "return Size and String")]
    [InlineData("{ animal { ... on Dog { x: friend { name } } ... on Cat { x: enemies { name } } } }", "return Animal and [Animal]")]
    [InlineData("{ animal { x: name ... on Dog { x: owner { name } } } }", "return")]
    [InlineData("{ dog { x: friend { y: name } x: friend { y: __typename } } }", "different fields", 21, 43, 9, 31)]
    [InlineData("{ animal { ... on Dog { owner { x: name } } ... on Cat { owner { x: pet { name } } } } }", "return String! and Animal")]
    [InlineData("{ dog { ...A ...B } } fragment A on Dog { x: barks } fragment B on Animal { x: name }", "return Int! and String!")]
    public void Fields_of_one_response_name_that_differ_are_refused(string text, string message, params int[] columns)
    {
        var error = Assert.Single(Zoo.Validate(text), e => e.Message.Contains("conflict", StringComparison.Ordinal) && e.Message.Contains(message, StringComparison.Ordinal));
        if (columns.Length > 0)
        {
            Assert.Equal(columns, error.Locations.Select(l => l.Column));
        }
    }

    [Fact]
    public void Fields_conflict_through_deep_chains_of_fragments()
    {
        var chain = string.Concat(Enumerable.Range(0, 50).Select(i => $"fragment F{i} on Dog {{ friend {{ ... on Dog {{ ...F{i + 1} }} }} }} "));
        Zoo.Accepts($"{{ dog {{ ...F0 }} }} {chain} fragment F50 on Dog {{ x: barks }}");
        Assert.Contains(
            Zoo.Validate($"{{ dog {{ ...F0 ...F0 }} }} {chain} fragment F50 on Dog {{ x: barks x: name }}"),
            e => e.Message.Contains("\"x\" conflict", StringComparison.Ordinal));
    }
}
