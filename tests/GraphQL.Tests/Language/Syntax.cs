using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

/// <summary>Short ways to parse in tests.</summary>
internal static class Syntax
{
    public static DocumentNode Parse(string text, ParserOptions? options = null) => Parser.Parse(Source.From(text), options ?? ParserOptions.Default);

    public static SyntaxException Refused(string text, ParserOptions? options = null) => Assert.Throws<SyntaxException>(() => Parse(text, options));

    /// <summary>The value of the only argument of the only field.</summary>
    public static ValueNode Value(string literal)
    {
        var operation = Assert.IsType<OperationNode>(Parse($"{{ f(a: {literal}) }}").Definitions[0]);
        return Assert.IsType<FieldNode>(operation.SelectionSet.Selections[0]).Arguments[0].Value;
    }
}
