namespace ClientPortal.GraphQL;

/// <summary>The schema cannot be built. The message names the class and member, or the definition, at fault.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>One or several errors.</summary>
    /// <param name="errors">At least one.</param>
    public SchemaException(params IReadOnlyList<GraphQLError> errors)
        : base(string.Join(Environment.NewLine, errors.Select(e => e.Message))) => Errors = errors;

    /// <summary>One error.</summary>
    public SchemaException(string message)
        : this(new GraphQLError(message))
    {
    }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }
}
