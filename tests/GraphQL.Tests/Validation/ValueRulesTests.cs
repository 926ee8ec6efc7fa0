namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Section 5.6.</summary>
public sealed class ValueRulesTests
{
    [Theory]
    [InlineData("{ number(value: 2147483647, list: [1, 2]) }")]
    [InlineData("{ needs(id: \"a\") b: needs(id: 123456789012345678901234567890) }")]
    [InlineData("{ animals(filter: {name: \"a\", size: BIG, nested: {name: \"b\"}, tags: \"one\"}) { name } }")]
    [InlineData("{ animals(filter: null) { name } }")]
    [InlineData("{ find(by: {id: 1}) { name } findMaybe(by: {filter: {name: \"\"}}) { name } }")]
    public void Values_of_their_types_are_fine(string text) => Zoo.Accepts(text);

    [Theory]
    [InlineData("{ number(value: 2147483648) }", "type Int, found 2147483648", 17)]
    [InlineData("{ number(value: 1.0) }", "type Int, found 1.0", 17)]
    [InlineData("{ number(value: \"1\") }", "type Int", 17)]
    [InlineData("{ number(list: [1, null]) }", "found null", 20)]
    [InlineData("{ number(list: [[1]]) }", "type Int", 17)]
    [InlineData("{ needs(id: 1.5) }", "type ID", 13)]
    [InlineData("{ needs(id: true) }", "type ID", 13)]
    [InlineData("{ animals(filter: 1) { name } }", "type Filter", 19)]
    [InlineData("{ animals(filter: {name: A}) { name } }", "type String, found A", 26)]
    [InlineData("{ animals(filter: {name: \"\", size: \"BIG\"}) { name } }", "type Size", 36)]
    [InlineData("{ animals(filter: {name: \"\", size: HUGE}) { name } }", "type Size, found HUGE", 36)]
    [InlineData("{ animals(filter: {name: \"\", x: 1}) { name } }", "\"x\" is not defined", 30)]
    [InlineData("{ animals(filter: {name: \"\", name: \"\"}) { name } }", "only one input field named \"name\"", 20, 30)]
    [InlineData("{ animals(filter: {size: BIG}) { name } }", "\"Filter.name\" of required type String!", 19)]
    [InlineData("{ animals(filter: {name: null}) { name } }", "found null", 26)]
    [InlineData("{ find(by: {}) { name } }", "Exactly one field of By", 12)]
    [InlineData("{ find(by: {id: 1, name: \"\"}) { name } }", "Exactly one field of By", 12)]
    [InlineData("{ find(by: {id: null}) { name } }", "Exactly one field of By", 12)]
    [InlineData("query ($v: Int = \"x\") { number(value: $v) }", "type Int", 18)]
    [InlineData("{ dog { barks @skip(if: 1) } }", "type Boolean", 25)]
    public void Values_of_other_types_are_refused_where_they_stand(string text, string message, params int[] columns) => Zoo.Refuses(text, message, columns);

    [Fact]
    public void An_error_does_not_echo_a_long_value() =>
        Assert.InRange(Assert.Single(Zoo.Validate($"{{ number(value: \"{new string('x', 100_000)}\") }}")).Message.Length, 1, 200);
}
