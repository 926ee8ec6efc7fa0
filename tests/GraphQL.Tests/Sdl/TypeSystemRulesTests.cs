using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Tests.Sdl;

/// <summary>Section 3: what no schema may be.</summary>
public sealed class TypeSystemRulesTests
{
    private const string Query = "type Query { a: Int } ";

    [Theory]
    [InlineData("type Other { a: Int }", "query root type must be provided")]
    [InlineData("schema { mutation: M } type M { a: Int }", "query root type must be provided")]
    [InlineData("input Query { a: Int }", "root type must be an object type")]
    [InlineData("schema { query: S } scalar S", "root type must be an object type")]
    [InlineData("schema { query: Q mutation: Q } type Q { a: Int }", "root types must be different")]
    [InlineData("schema { query: Q } schema { query: Q } type Q { a: Int }", "only one schema definition")]
    [InlineData("schema { query: Q query: Q } type Q { a: Int }", "only one Query type")]
    [InlineData("schema { query: Unknown }", "Unknown type \"Unknown\"")]
    [InlineData(Query + "type Query { b: Int }", "only one type named \"Query\"")]
    [InlineData(Query + "type T", "T is empty")]
    [InlineData(Query + "union U", "U is empty")]
    [InlineData(Query + "enum E", "E is empty")]
    [InlineData(Query + "input I", "I is empty")]
    [InlineData(Query + "type __T { a: Int }", "must not begin with \"__\"")]
    [InlineData(Query + "type T { __a: Int }", "T.__a must not begin with \"__\"")]
    [InlineData(Query + "type T { a(__x: Int): Int }", "T.a(__x:) must not begin")]
    [InlineData(Query + "input I { __a: Int }", "I.__a must not begin")]
    [InlineData(Query + "enum E { __A }", "E.__A must not begin")]
    [InlineData(Query + "directive @__d on FIELD", "@__d must not begin")]
    [InlineData(Query + "type T { a: Int a: Int }", "\"T.a\" can only be defined once")]
    [InlineData(Query + "type T { a: Int } extend type T { a: Int }", "\"T.a\" can only be defined once")]
    [InlineData(Query + "type T { a(x: Int, x: Int): Int }", "\"T.a(x:)\" can only be defined once")]
    [InlineData(Query + "enum E { A A }", "\"E.A\" can only be defined once")]
    [InlineData(Query + "directive @d on FIELD directive @d on FIELD", "only one directive named \"@d\"")]
    [InlineData(Query + "directive @d(a: Int, a: Int) on FIELD", "\"@d(a:)\" can only be defined once")]
    [InlineData(Query + "type T { a: Unknown }", "Unknown type \"Unknown\"")]
    [InlineData(Query + "type T { a(x: [Unknown!]): Int }", "Unknown type \"Unknown\"")]
    [InlineData(Query + "type T { a: I } input I { a: Int }", "must be an output type")]
    [InlineData(Query + "type T { a(x: T): Int }", "must be an input type")]
    [InlineData(Query + "input I { a: Query }", "must be an input type")]
    [InlineData(Query + "directive @d(a: Query) on FIELD", "must be an input type")]
    [InlineData(Query + "extend type T { a: Int }", "Cannot extend \"T\": it is not defined")]
    [InlineData(Query + "extend interface Query { b: Int }", "another kind of type")]
    [InlineData(Query + "union U = Query | Query", "include Query only once")]
    [InlineData(Query + "union U = E enum E { A }", "only include object types")]
    [InlineData(Query + "type T implements Query { a: Int }", "only implement interfaces")]
    [InlineData(Query + "interface I implements I { a: Int }", "cannot implement itself")]
    [InlineData(Query + "interface I { a: Int } type T implements I & I { a: Int }", "only once")]
    [InlineData(Query + "interface A implements B { a: Int } interface B implements A { a: Int }", "which implements")]
    [InlineData(Query + "interface A { a: Int } interface B implements A { a: Int } type T implements B { a: Int }", "must implement A")]
    [InlineData(Query + "interface I { a: Int } type T implements I { b: Int }", "I.a is missing from T")]
    [InlineData(Query + "interface I { a: Int! } type T implements I { a: Int }", "but I.a is Int!")]
    [InlineData(Query + "interface I { a: [I] } type T implements I { a: T }", "but I.a is [I]")]
    [InlineData(Query + "interface I { a(x: Int): Int } type T implements I { a: Int }", "must take the argument x")]
    [InlineData(Query + "interface I { a(x: Int): Int } type T implements I { a(x: Int!): Int }", "but I.a(x:) is Int")]
    [InlineData(Query + "interface I { a: Int } type T implements I { a(x: Int!): Int }", "cannot be required")]
    [InlineData(Query + "interface I { a: Int } type T implements I { a: Int @deprecated }", "cannot be deprecated")]
    [InlineData(Query + "type T { a(x: Int! @deprecated): Int }", "required and so cannot be deprecated")]
    [InlineData(Query + "input I { a: Int! @deprecated }", "required and so cannot be deprecated")]
    [InlineData(Query + "directive @d(a: Int! @deprecated) on FIELD", "required and so cannot be deprecated")]
    [InlineData(Query + "input A { b: B! } input B { a: A! }", "A can have no finite value")]
    [InlineData(Query + "input A @oneOf { a: A b: B } input B @oneOf { a: A }", "A can have no finite value")]
    [InlineData(Query + "input A { a: A = {} }", "default value of A.a refers to itself")]
    [InlineData(Query + "input A { b: B = {} } input B { a: [A] = [{}] }", "refers to itself through A.b, B.a")]
    [InlineData(Query + "input A @oneOf { a: Int! }", "must be nullable")]
    [InlineData(Query + "input A @oneOf { a: Int = 1 }", "cannot have a default")]
    [InlineData(Query + "type T { a(x: Int = \"1\"): Int }", "T.a(x:) has an invalid default value")]
    [InlineData(Query + "input I { a: E = B } enum E { A }", "I.a has an invalid default value")]
    [InlineData(Query + "type T @unknown { a: Int }", "Unknown directive \"@unknown\"")]
    [InlineData(Query + "type T @deprecated { a: Int }", "may not be used on OBJECT")]
    [InlineData(Query + "type T { a: Int @deprecated @deprecated }", "only be used once")]
    [InlineData(Query + "directive @d on OBJECT type T @d { a: Int } extend type T @d", "only be used once")]
    [InlineData(Query + "scalar S @specifiedBy", "\"@specifiedBy(url:)\" is required")]
    [InlineData(Query + "scalar S @specifiedBy(url: 1)", "must be a string")]
    [InlineData(Query + "type T { a: Int @deprecated(because: \"x\") }", "Unknown argument \"because\"")]
    [InlineData(Query + "type T { a: Int @deprecated(reason: \"x\", reason: \"y\") }", "only one argument named \"reason\"")]
    [InlineData(Query + "scalar J directive @d(v: J) on OBJECT type T @d(v: {a: 1, a: 2}) { a: Int }", "only one input field named \"a\"")]
    [InlineData(Query + "directive @d(a: Int @d) on ARGUMENT_DEFINITION", "\"@d\" must not refer to itself")]
    [InlineData(Query + "directive @d(a: I) on INPUT_FIELD_DEFINITION input I { a: Int @d }", "\"@d\" must not refer to itself")]
    public void This_type_system_is_refused(string sdl, string message)
    {
        var error = Assert.Throws<SchemaException>(() => SdlSchema.Build(sdl));
        Assert.Contains(error.Errors, e => e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var error = Assert.Throws<SchemaException>(() => SdlSchema.Build(Query + "type T { a: X b: Y }"));
        Assert.Equal(2, error.Errors.Count);
        Assert.All(error.Errors, e => Assert.Equal(1, Assert.Single(e.Locations).Line));
    }
}
