namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Sections 5.3.1, 5.3.3 and 5.4.</summary>
public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("{ __typename __schema { queryType { name } } __type(name: \"Dog\") { name } any { __typename ... on Dog { barks } } }")]
    [InlineData("{ anything(value: {a: [1, $x, E], b: null}) }", "variable")]
    [InlineData("{ number number2: number(value: 4, list: 5) needs(id: 1) }")]
    public void Meta_fields_leaves_and_any_value_of_a_custom_scalar_are_fine(string text, string? except = null)
    {
        if (except is null)
        {
            Zoo.Accepts(text);
        }
        else
        {
            // Only the variable is wrong, not the value around it.
            Zoo.Refuses(text, "\"$x\" is not defined");
        }
    }

    [Theory]
    [InlineData("{ unknown }", "\"unknown\" on type \"Query\"", 3)]
    [InlineData("{ animal { barks } }", "\"barks\" on type \"Animal\"", 12)]
    [InlineData("{ any { name } }", "\"name\" on type \"Resident\"", 9)]
    [InlineData("{ dog { __schema { queryType { name } } } }", "\"__schema\" on type \"Dog\"", 9)]
    [InlineData("{ dog { unknown { whatever(x: 1) { deep } } } }", "\"unknown\"", 9)]
    [InlineData("mutation { feed(id: 1) { meows } }", "\"meows\" on type \"Dog\"", 26)]
    public void A_field_is_defined_on_the_type_it_is_selected_on(string text, string message, int column) => Zoo.Refuses(text, message, column);

    [Theory]
    [InlineData("{ dog { barks { x } } }", "must not have a selection", 15)]
    [InlineData("{ dog }", "must have a selection", 3)]
    [InlineData("{ any }", "must have a selection", 3)]
    [InlineData("{ animals }", "must have a selection", 3)]
    public void Leaves_have_no_selection_and_all_else_has_one(string text, string message, int column) => Zoo.Refuses(text, message, column);

    [Theory]
    [InlineData("{ number(x: 1) }", "has no argument \"x\"", 10)]
    [InlineData("{ dog { barks @skip(unless: true, if: true) } }", "\"@skip\" has no argument \"unless\"", 21)]
    [InlineData("{ number(value: 1, value: 2) }", "only one argument named \"value\"", 10, 20)]
    [InlineData("{ needs }", "needs the argument \"id\"", 3)]
    [InlineData("{ needs(id: null) }", "found null", 13)]
    [InlineData("{ dog { barks @include } }", "needs the argument \"if\"", 15)]
    public void Arguments_are_known_unique_and_given_when_required(string text, string message, params int[] columns) => Zoo.Refuses(text, message, columns);

    [Fact]
    public void Names_are_suggested_only_when_asked_for()
    {
        Assert.DoesNotContain("Did you mean", Assert.Single(Zoo.Validate("{ dgo { barks } }")).Message, StringComparison.Ordinal);
        var asked = Zoo.Unlimited with { SuggestNames = true };
        Assert.Contains("Did you mean \"dog\"", Assert.Single(Zoo.Validate("{ dgo { barks } }", asked)).Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"Person\"", Assert.Single(Zoo.Validate("{ any { ... on Preson { name } } }", asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_end_at_the_limit()
    {
        var errors = Zoo.Validate("{ " + string.Concat(Enumerable.Range(0, 500).Select(i => $"x{i} ")) + "}");
        Assert.Equal(101, errors.Count);
        Assert.Contains("Too many errors", errors[^1].Message, StringComparison.Ordinal);
    }
}
