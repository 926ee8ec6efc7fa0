namespace ClientPortal.GraphQL.Language;

/// <summary>Reads documents of the GraphQL language, September 2025, executable and type system alike.</summary>
public static class Parser
{
    /// <summary>Parses a whole document.</summary>
    /// <exception cref="SyntaxException">It is not well formed or exceeds the <paramref name="options"/>.</exception>
    public static DocumentNode Parse(Source source, ParserOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return new SyntaxReader(source, options).ReadDocument();
    }

    /// <summary>Parses a single value without variables, e.g. the default of an argument.</summary>
    /// <exception cref="SyntaxException">It is not one value.</exception>
    public static ValueNode ParseConstantValue(string text) =>
        new SyntaxReader(Source.From(text), ParserOptions.Trusted).ReadLoneValue();
}
