using System.Text;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

/// <summary>Section 2.9.4.</summary>
public sealed class StringLiteralTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\" \\ / \b \f \n \r \t")]
    [InlineData("\"caf\\u00E9 caf\\u{e9}\"", "café café")]
    [InlineData("\"\\uD83D\\uDE00 \\u{1F600} 😀\"", "😀 😀 😀")]
    [InlineData("\"\\u{0000000000000000000041}\"", "A")]
    [InlineData("\"\\u{10FFFF}\"", "\U0010FFFF")]
    public void Escapes_stand_for_their_characters(string literal, string value)
    {
        Assert.Equal(value, Assert.IsType<StringValueNode>(Syntax.Value(literal)).Value);
    }

    [Theory]
    [InlineData("\"\\uD83D\"")]
    [InlineData("\"\\uDE00\"")]
    [InlineData("\"\\uD83D\\u0041\"")]
    [InlineData("\"\\uDE00\\uD83D\"")]
    [InlineData("\"\\uD83D\\u{DE00}\"")]
    [InlineData("\"\\u{D83D}\\u{DE00}\"")]
    [InlineData("\"\\u{110000}\"")]
    [InlineData("\"\\u{FFFFFFFFFFFFFFFFFFFF41}\"")]
    [InlineData("\"\\u{}\"")]
    [InlineData("\"\\u{41\"")]
    [InlineData("\"\\u004\"")]
    [InlineData("\"\\u00G1\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\\"")]
    [InlineData("\"open")]
    [InlineData("\"two\nlines\"")]
    [InlineData("\"two\rlines\"")]
    [InlineData("\"\"\"open")]
    [InlineData("\"\"\"open \\\"\"\"")]
    public void What_is_no_legal_string_is_refused(string literal)
    {
        Syntax.Refused($"{{ f(a: {literal}) }}");
    }

    [Theory]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"one\"\"\"", "one")]
    [InlineData("\"\"\"\n    a\n      b\n\n    c\n  \"\"\"", "a\n  b\n\nc")]
    [InlineData("\"\"\"  first\n    b\n   c\"\"\"", "  first\n b\nc")]
    [InlineData("\"\"\"a\r\nb\rc\"\"\"", "a\nb\nc")]
    [InlineData("\"\"\"\\\"\"\" \\n \\u0041\"\"\"", "\"\"\" \\n \\u0041")]
    [InlineData("\"\"\"\n \t \n\"\"\"", "")]
    [InlineData("\"\"\"\n\ta\n\t\tb\n\"\"\"", "a\n\tb")]
    [InlineData("\"\"\" \"\" \"\"\"", " \"\" ")]
    public void A_block_string_loses_its_common_indentation_and_blank_ends(string literal, string value)
    {
        var node = Assert.IsType<StringValueNode>(Syntax.Value(literal));
        Assert.True(node.Block);
        Assert.Equal(value, node.Value);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Bytes_that_are_not_utf8_are_refused_where_they_stand(byte[] bytes)
    {
        byte[] text = [.. "{\n f(a: \""u8, .. bytes, .. "\") }"u8];
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(new Source(text), ParserOptions.Default));
        Assert.Equal(new SourceLocation(2, 8), error.Location);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_in_a_dotnet_string_never_reaches_a_value()
    {
        Assert.Equal("\uFFFD", Encoding.UTF8.GetString(Source.From("\uD800").Utf8.Span));
    }
}
