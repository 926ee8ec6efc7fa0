using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

/// <summary>Section 2.1.</summary>
public sealed class LexerTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("9223372036854775808123")]
    public void Integers_of_any_size_keep_their_digits(string literal)
    {
        Assert.Equal(literal, Assert.IsType<IntValueNode>(Syntax.Value(literal)).Text);
    }

    [Theory]
    [InlineData("0.0")]
    [InlineData("-1.25")]
    [InlineData("1e50")]
    [InlineData("1E+5")]
    [InlineData("6.0221413e-23")]
    public void Fractions_and_exponents_make_floats(string literal)
    {
        Assert.Equal(literal, Assert.IsType<FloatValueNode>(Syntax.Value(literal)).Text);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("-01")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.e1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("0xF")]
    [InlineData("123abc")]
    [InlineData("1_000")]
    [InlineData("1.5e3x")]
    public void Neither_digit_nor_dot_nor_name_may_follow_a_number(string literal)
    {
        Syntax.Refused($"{{ f(a: {literal}) }}");
    }

    [Fact]
    public void Commas_comments_line_ends_and_byte_order_marks_mean_nothing()
    {
        var document = Syntax.Parse("\uFEFF#c\r,{,,a # x } \r\n\t\uFEFFb\n}#end");
        Assert.Equal("{\n  a\n  b\n}", Printer.Print(document));
    }

    [Theory]
    [InlineData("{ a ? }", 1, 5)]
    [InlineData("{\r\n  a\r  ..\n}", 3, 3)]
    [InlineData("{ 😀", 1, 3)]
    [InlineData("# 😀😀\n{ a(b: \"😀\" %) }", 2, 13)]
    [InlineData("{ a", 1, 4)]
    [InlineData("", 1, 1)]
    public void An_error_tells_line_and_column(string text, int line, int column)
    {
        var error = Syntax.Refused(text);
        Assert.Equal(new SourceLocation(line, column), error.Location);
        Assert.Equal("GRAPHQL_PARSE_FAILED", error.ToError().Code);
    }

    [Fact]
    public void A_nul_or_other_control_character_is_no_token()
    {
        Assert.Contains("U+0000", Syntax.Refused("{ a \0 }").Message, StringComparison.Ordinal);
        Assert.Contains("U+00A0", Syntax.Refused("{ a \u00A0 }").Message, StringComparison.Ordinal);
    }
}
