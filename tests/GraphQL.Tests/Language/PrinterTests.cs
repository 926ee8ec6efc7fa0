using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

public sealed class PrinterTests
{
    internal const string TypeSystem = """"
        """
        Everything.
        """
        schema @d {
          query: Query
          mutation: Mutation
        }

        scalar Date @specifiedBy(url: "https://example.com")

        type Person implements Node & Named @d {
          id: ID!
          """
          Its friends.
          """
          friends(first: Int = 10, after: String): [Person!]! @deprecated(reason: "old")
        }

        interface Named implements Node {
          id: ID!
          f(
            """
            Which.
            """
            a: In = {b: [1, 2.5], c: null, d: E, e: true}
          ): Int
        }

        type Empty

        union U @d = Person | Empty

        enum E @d {
          """
          First.
          """
          A
          B @deprecated
        }

        input In @oneOf {
          a: Int
          b: String = "x" @d
        }

        directive @d(a: Int = 1) repeatable on FIELD | OBJECT

        extend schema {
          subscription: S
        }

        extend scalar Date @d

        extend type Person @d

        extend interface Named {
          g: Int
        }

        extend union U = Query

        extend enum E {
          C
        }

        extend input In {
          c: Int
        }

        query {
          a
        }
        """";

    private const string Executable = """"
        """
        All.
        """
        query Q(
          """
          Which.
          """
          $id: [ID!]! = ["1", "a\"\\\n"] @a
          $b: Boolean
        ) @b {
          x: y(z: $id, o: {a: $b}) @c(d: 1.5e3) {
            ...F @include(if: $b)
            ... on T {
              t
            }
            ... @skip(if: true) {
              u(text: """
              a
                b

              \"""
              """)
            }
          }
        }

        fragment F on T @d {
          v
        }

        mutation M($a: Int = 1) {
          m(a: $a)
        }

        {
          a
        }
        """";

    [Theory]
    [InlineData(TypeSystem)]
    [InlineData(Executable)]
    public void Parsing_and_printing_gives_the_same_text_again(string text)
    {
        Assert.Equal(text, Printer.Print(Syntax.Parse(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" indented")]
    [InlineData("a\n b")]
    [InlineData("\na")]
    [InlineData("a\n")]
    [InlineData("a\n   \nb")]
    [InlineData("  a\n b")]
    [InlineData("a\r\nb")]
    [InlineData("ends with \"")]
    [InlineData("ends with \\")]
    [InlineData("\"\"\" \\\"\"\" \"\"\"\"\"\"\"")]
    [InlineData("\t\0\u007F\u0085 é 😀 \uFEFF")]
    public void A_string_keeps_its_value_in_both_forms(string value)
    {
        foreach (var block in new[] { false, true })
        {
            var printed = Printer.Print(new StringValueNode(0, value, block));
            Assert.Equal(value, ((StringValueNode)Parser.ParseConstantValue(printed)).Value);
            var described = (EnumTypeNode)Syntax.Parse(Printer.Print(Described(value))).Definitions[0];
            Assert.Equal(value, described.Values[0].Description);
        }
    }

    [Fact]
    public void A_shorthand_query_is_not_swallowed_by_the_definition_before_it()
    {
        var printed = Printer.Print(Syntax.Parse("type T query { a }"));
        Assert.Equal(2, Syntax.Parse(printed).Definitions.Count);
    }

    private static EnumTypeNode Described(string description) => new(0, null, false, new NameNode(0, "E"), [], [new EnumValueDefinitionNode(0, description, new NameNode(0, "A"), [])]);
}
