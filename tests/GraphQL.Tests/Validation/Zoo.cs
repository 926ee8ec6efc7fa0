using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;

namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>A small schema with one of everything, and short ways to validate against it.</summary>
internal static class Zoo
{
    public static readonly ValidationOptions Unlimited = new() { Limits = null };

    public static Schema Schema { get; } = SdlSchema.Build("""
        type Query {
          animal: Animal
          dog: Dog
          cat: Cat
          house: House
          any: Resident
          animals(first: Int, last: Int, filter: Filter): [Animal!]!
          byIds(ids: [ID!]!): [Animal]!
          find(by: By!): Animal
          findMaybe(by: By): Animal
          number(value: Int! = 3, list: [Int!]): Int
          needs(id: ID!): Int
          anything(value: Json): Json
        }
        type Mutation { feed(id: ID!): Dog }
        type Subscription { born: Animal died: Animal }
        interface Animal { name(full: Boolean): String! friend: Animal enemies: [Animal] }
        type Dog implements Animal { name(full: Boolean): String! friend: Animal enemies: [Animal] barks: Int! volume: Int size: Size owner: Person }
        type Cat implements Animal { name(full: Boolean): String! friend: Animal enemies: [Animal] meows: Int! volume: Int! size: String owner: Person }
        type Person { name: String! pet: Animal }
        type House { residents(first: Int, last: Int): [Resident] rooms: Int }
        union Resident = Dog | Person
        enum Size { BIG SMALL }
        input Filter { size: Size, name: String!, nested: Filter, tags: [String!] }
        input By @oneOf { id: ID name: String filter: Filter }
        scalar Json
        directive @once on FIELD
        directive @often(n: Int!) repeatable on FIELD | QUERY | VARIABLE_DEFINITION
        """);

    public static IReadOnlyList<GraphQLError> Validate(string text, ValidationOptions? options = null) =>
        Validator.Validate(Schema, Parser.Parse(Source.From(text), ParserOptions.Trusted), options ?? Unlimited);

    public static void Accepts(string text) => Assert.Empty(Validate(text));

    /// <summary>Exactly one error, with <paramref name="message"/> in it, at <paramref name="columns"/> of the only line.</summary>
    public static void Refuses(string text, string message, params int[] columns)
    {
        var error = Assert.Single(Validate(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", error.Code);
        if (columns.Length > 0)
        {
            Assert.Equal(columns, error.Locations.Select(l => l.Column));
        }
    }
}
