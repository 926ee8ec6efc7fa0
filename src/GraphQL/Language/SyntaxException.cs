namespace ClientPortal.GraphQL.Language;

/// <summary>A document that is not well formed, or larger than the <see cref="ParserOptions"/> allow. Parsing stops at the first one.</summary>
/// <param name="message">What was found and what was expected.</param>
/// <param name="location">Where.</param>
/// <param name="code">The code of the error in a response.</param>
public sealed class SyntaxException(string message, SourceLocation location, string code) : Exception(message)
{
    /// <summary>Where the first wrong character or token starts.</summary>
    public SourceLocation Location { get; } = location;

    /// <summary>The error as a response carries it.</summary>
    public GraphQLError ToError() => new(Message) { Locations = [Location], Code = code };
}
