namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Section 5.7.</summary>
public sealed class DirectiveRulesTests
{
    [Theory]
    [InlineData("{ dog { barks @once @skip(if: false) @often(n: 1) @often(n: 2) } }")]
    [InlineData("query ($a: Int! @often(n: 1)) @often(n: 1) { number(value: $a) }")]
    public void Directives_where_and_as_often_as_they_may_stand_are_fine(string text) => Zoo.Accepts(text);

    [Theory]
    [InlineData("{ dog { barks @unknown } }", "Unknown directive", 15)]
    [InlineData("{ dog @once { ... @once { barks } } }", "may not be used on INLINE_FRAGMENT", 19)]
    [InlineData("query @skip(if: true) { dog { barks } }", "may not be used on QUERY", 7)]
    [InlineData("{ dog { ...F @once } } fragment F on Dog { barks }", "FRAGMENT_SPREAD", 14)]
    [InlineData("{ dog { ...F } } fragment F on Dog @once { barks }", "FRAGMENT_DEFINITION", 36)]
    [InlineData("query ($a: Int! @once) { number(value: $a) }", "VARIABLE_DEFINITION", 17)]
    [InlineData("mutation @once { feed(id: 1) { barks } }", "MUTATION", 10)]
    [InlineData("subscription @once { born { name } }", "SUBSCRIPTION", 14)]
    [InlineData("{ dog { barks @once @once } }", "only be used once", 15, 21)]
    public void Directives_anywhere_else_are_refused(string text, string message, params int[] columns) => Zoo.Refuses(text, message, columns);
}
