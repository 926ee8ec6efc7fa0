namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Section 5.8.</summary>
public sealed class VariableRulesTests
{
    [Theory]
    [InlineData("query ($a: Int) { number(value: $a) }", "the argument has a default")]
    [InlineData("query ($a: Int!) { number(list: [$a]) }", "non-null into non-null")]
    [InlineData("query ($a: [Int!]!) { number(list: $a) }", "non-null into nullable")]
    [InlineData("query ($a: ID = 1) { needs(id: $a) }", "the variable has a default")]
    [InlineData("query ($a: String!) { find(by: {name: $a}) { name } }", "non-null into a field of a @oneOf object")]
    [InlineData("query ($a: String = \"x\") { find(by: {name: $a}) { name } }", "the variable of a @oneOf field has a default")]
    [InlineData("query ($a: By!) { find(by: $a) { name } }", "the whole @oneOf object")]
    [InlineData("query A($a: ID!) { ...F } query B($a: ID!) { ...F } fragment F on Query { ...G } fragment G on Query { needs(id: $a) }", "through fragments")]
    [InlineData("query ($a: Boolean!) { dog { barks @skip(if: $a) } }", "in a directive")]
    [InlineData("query ($a: Int) { anything(value: {x: [$a]}) }", "inside a custom scalar")]
    public void Variables_whose_types_fit_are_fine(string text, string why)
    {
        Assert.True(Zoo.Validate(text).Count == 0, why);
    }

    [Theory]
    [InlineData("query ($a: ID!, $a: ID!) { needs(id: $a) }", "only one variable named \"$a\"", 9, 18)]
    [InlineData("query ($a: Dog) { anything(value: [$a]) }", "no input type", 12)]
    [InlineData("query ($a: [Unknown!]) { anything(value: $a) }", "Unknown type \"Unknown\"", 13)]
    [InlineData("{ needs(id: $a) }", "\"$a\" is not defined", 13, 1)]
    [InlineData("query Q { ...F } fragment F on Query { needs(id: $a) }", "\"$a\" is not defined in operation \"Q\"", 50, 1)]
    [InlineData("query Q($a: ID!) { dog { barks } }", "\"$a\" is never used in operation \"Q\"", 9)]
    [InlineData("query ($a: ID) { needs(id: $a) }", "type ID cannot be used where ID! is expected", 8, 28)]
    [InlineData("query ($a: ID = null) { needs(id: $a) }", "cannot be used where ID!", 8, 35)]
    [InlineData("query ($a: String!) { needs(id: $a) }", "String! cannot be used where ID!", 8, 33)]
    [InlineData("query ($a: Int) { number(list: [$a]) }", "Int cannot be used where Int!", 8, 33)]
    [InlineData("query ($a: Int) { number(list: $a) }", "Int cannot be used where [Int!]", 8, 32)]
    [InlineData("query ($a: [Int]) { number(list: $a) }", "[Int] cannot be used where [Int!]", 8, 34)]
    [InlineData("query ($a: String) { find(by: {name: $a}) { name } }", "By, which is @oneOf", 8, 38)]
    [InlineData("query ($a: String) { findMaybe(by: {name: $a}) { name } }", "By, which is @oneOf", 8, 43)]
    [InlineData("query ($a: String) { animals(filter: {name: $a}) { name } }", "cannot be used where String!", 8, 45)]
    public void Variables_are_unique_used_defined_and_fit_their_places(string text, string message, params int[] columns) => Zoo.Refuses(text, message, columns);
}
