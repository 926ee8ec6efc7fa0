using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;

namespace ClientPortal.GraphQL.Tests.Sdl;

/// <summary>Section 3: what a schema from SDL is made of.</summary>
public sealed class SdlSchemaTests
{
    [Fact]
    public void What_a_definition_holds_comes_before_what_extensions_add_wherever_they_stand()
    {
        var schema = SdlSchema.Build("extend type Query { b: E } extend enum E { B } type Query { a: Int } enum E { A }");
        Assert.Equal(["a", "b"], schema.Query!.Fields.Select(f => f.Name));
        Assert.Equal(["A", "B"], ((EnumType)schema.Types["E"]).Values.Select(v => v.Name));
    }

    [Fact]
    public void A_built_in_scalar_that_nothing_refers_to_is_no_part_of_the_schema()
    {
        var schema = SdlSchema.Build("directive @d(a: In) on FIELD type Query { a(b: [ID!]): E } input In { f: Float } enum E { A }");
        Assert.Equal(["Float", "ID", "String", "Boolean"], new[] { "Int", "Float", "ID", "String", "Boolean" }.Where(schema.Types.ContainsKey));
        Assert.Equal(["Int", "Unknown"], UnknownIn("query ($a: Int) { a } query B($a: Unknown) { a }"));

        IEnumerable<string> UnknownIn(string text) => Validator.Validate(schema, Parser.Parse(Source.From(text), ParserOptions.Default), new() { Limits = null })
            .Where(e => e.Message.StartsWith("Unknown type", StringComparison.Ordinal)).Select(e => e.Message.Split('"')[1]);
    }

    [Fact]
    public void Definitions_and_their_extensions_become_one_type()
    {
        var schema = SdlSchema.Build("""
            "All." schema @s { query: Root }
            extend schema { mutation: Change }
            directive @s(a: [Int!] = [1]) repeatable on SCHEMA
            "A root." type Root { "A." a(x: In = {n: 1}): [Int!]! @deprecated(reason: "old") }
            extend type Root implements Named { name: String }
            interface Named { name: String }
            type Change { b: U @deprecated }
            union U = Root
            extend union U = Change
            enum E { A }
            extend enum E { B @deprecated }
            input In { n: Int! = 2 }
            extend input In { e: E }
            input One @oneOf { a: Int }
            scalar Url @specifiedBy(url: "https://example.com")
            """);
        Assert.Equal(("All.", "Root", "Change", null), (schema.Description, schema.Query!.Name, schema.Mutation!.Name, schema.Subscription));
        var a = schema.Query.Field("a")!;
        Assert.Equal(("[Int!]!", "A.", "old"), (a.Type.ToString(), a.Description, a.DeprecationReason));
        Assert.Equal("{n: 1}", Printer.Print(a.Argument("x")!.DefaultValue!));
        Assert.Equal("No longer supported", schema.Mutation.Field("b")!.DeprecationReason);
        Assert.Same(schema.Query, Assert.Single(((InterfaceType)schema.Types["Named"]).PossibleTypes));
        Assert.Equal(["Root", "Change"], ((UnionType)schema.Types["U"]).PossibleTypes.Select(t => t.Name));
        Assert.Equal(["A", "B"], ((EnumType)schema.Types["E"]).Values.Select(v => v.Name));
        Assert.Equal(["n", "e"], ((InputObjectType)schema.Types["In"]).Fields.Select(f => f.Name));
        Assert.True(((InputObjectType)schema.Types["One"]).IsOneOf);
        Assert.Equal("https://example.com", ((ScalarType)schema.Types["Url"]).SpecifiedBy);
        Assert.True(schema.Directives["s"].IsRepeatable);
        Assert.Contains("__Schema", schema.Types.Keys);
        Assert.Contains("skip", schema.Directives.Keys);
    }

    [Theory]
    [InlineData("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }")]
    [InlineData("type Query { a: Int } type Change { a: Int } extend schema { mutation: Change }")]
    [InlineData("type Query { a: Int } scalar String type __Type { name: String }")]
    [InlineData("type Query { a: Int } query Ignored { a }")]
    [InlineData("type Query { a: Int } directive @skip(reason: String) on FIELD")]
    [InlineData("type Query { a: Int } input A { b: B } input B { a: A! list: [B!]! }")]
    [InlineData("type Query { a: Int } input A @oneOf { a: A b: Int }")]
    [InlineData("type Query { a: Int } input A { a: A = {a: null} }")]
    [InlineData("type Query { a: Int } interface A { f(x: Int): A } interface B implements A { f(x: Int, y: Int = 1): B! } type C implements A & B { f(x: Int, y: Int = 1, z: Int): C! }")]
    [InlineData("type Query { a: U } union U = A | B type A implements I { f: U } type B implements I { f: A } interface I { f: U }")]
    public void These_type_systems_are_valid(string sdl) => Assert.NotNull(SdlSchema.Build(sdl));
}
