using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;

namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Sections 5.1 and 5.2.</summary>
public sealed class OperationRulesTests
{
    [Fact]
    public void A_document_without_operations_is_valid_in_itself() => Assert.Single(Zoo.Validate("fragment F on Dog { barks }"));

    [Theory]
    [InlineData("{ dog { barks } } type T { a: Int }", "definition \"T\" is not executable", 19)]
    [InlineData("{ dog { barks } } extend schema @once", "not executable", 19)]
    public void Type_system_definitions_are_not_executed(string text, string message, int column) => Zoo.Refuses(text, message, column);

    [Fact]
    public void Operation_names_are_unique() => Zoo.Refuses("query A { __typename } mutation A { feed(id: 1) { barks } }", "only one operation named \"A\"", 7, 33);

    [Fact]
    public void An_anonymous_operation_stands_alone() => Zoo.Refuses("{ __typename } query A { __typename }", "anonymous operation", 1);

    [Fact]
    public void The_schema_must_support_the_kind_of_operation()
    {
        var schema = SdlSchema.Build("type Query { a: Int }");
        var document = Parser.Parse(Source.From("mutation { a }"), ParserOptions.Default);
        Assert.Contains("no Mutation type", Assert.Single(Validator.Validate(schema, document, Zoo.Unlimited)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subscription { born { name } }")]
    [InlineData("subscription { born { name } ...F } fragment F on Subscription { born { friend { name } } }")]
    public void A_subscription_may_select_its_one_field_in_parts(string text) => Zoo.Accepts(text);

    [Theory]
    [InlineData("subscription { born { name } died { name } }", "only one root field", 30)]
    [InlineData("subscription { born { name } ...F } fragment F on Subscription { died { name } }", "only one root field", 66)]
    [InlineData("subscription { born { name } other: born { name } }", "only one root field", 30)]
    [InlineData("subscription { __typename }", "introspection field", 16)]
    [InlineData("subscription { born @skip(if: true) { name } }", "@skip or @include", 21)]
    [InlineData("subscription { ... @include(if: true) { born { name } } }", "@skip or @include", 20)]
    public void A_subscription_selects_one_field_unconditionally(string text, string message, int column) => Zoo.Refuses(text, message, column);
}
