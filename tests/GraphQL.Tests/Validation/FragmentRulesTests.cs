namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Section 5.5.</summary>
public sealed class FragmentRulesTests
{
    [Theory]
    [InlineData("{ any { ... on Animal { name } ... on Person { name } ...F } } fragment F on Dog { barks ...G } fragment G on Animal { name }")]
    [InlineData("{ animal { ... on Resident { ... on Person { name } } } }")]
    [InlineData("{ dog { ... { barks } ... on Dog { ... on Animal { name } } } }")]
    public void Fragments_on_types_that_overlap_are_fine(string text) => Zoo.Accepts(text);

    [Theory]
    [InlineData("{ dog { ...F } } fragment F on Dog { barks } fragment F on Dog { volume }", "only one fragment named \"F\"", 27, 55)]
    [InlineData("{ dog { ...F } } fragment F on Unknown { barks }", "Unknown type \"Unknown\"", 32)]
    [InlineData("{ dog { ... on Unknown { barks } } }", "Unknown type \"Unknown\"", 16)]
    [InlineData("{ dog { ... on Size { barks } } }", "no object, interface or union", 16)]
    [InlineData("{ dog { ...F } } fragment F on Filter { barks }", "no object, interface or union", 32)]
    [InlineData("{ dog { barks } } fragment F on Dog { barks }", "\"F\" is never used", 19)]
    [InlineData("{ dog { ...F } }", "Unknown fragment \"F\"", 12)]
    [InlineData("{ dog { ... on Cat { meows } } }", "no object is of type \"Dog\" too", 9)]
    [InlineData("{ any { ...F } } fragment F on Cat { meows }", "no object is of type \"Resident\" too", 9)]
    [InlineData("{ dog { ...F } } fragment F on Dog { ...F }", "cannot spread itself", 38)]
    [InlineData("{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { ...C } fragment C on Dog { friend { ...A } }", "cannot spread itself", 38, 65, 101)]
    public void What_is_wrong_with_a_fragment_is_told_at_its_place(string text, string message, params int[] columns) => Zoo.Refuses(text, message, columns);

    [Fact]
    public void Fragments_used_only_by_unused_ones_are_unused_too() =>
        Assert.Equal(2, Zoo.Validate("{ dog { barks } } fragment A on Dog { ...B } fragment B on Dog { barks }").Count);

    [Fact]
    public void Every_cycle_is_told_once() =>
        Assert.Equal(2, Zoo.Validate("{ dog { ...A } } fragment A on Dog { ...B ...C } fragment B on Dog { ...A } fragment C on Dog { ...A }").Count);
}
