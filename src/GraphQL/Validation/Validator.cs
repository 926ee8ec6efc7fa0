using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation.Limits;

namespace ClientPortal.GraphQL.Validation;

/// <summary>Checks executable documents against a schema (section 5).</summary>
public static class Validator
{
    /// <summary>Every rule of section 5, and before them the limits of the <paramref name="options"/>, so that a document that means harm costs little.</summary>
    /// <returns>What is wrong, at most <see cref="ValidationOptions.MaxErrors"/> entries and one that says so; empty when the document may be executed.</returns>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        var context = new ValidationContext(schema, document, options);
        if (options.Limits is { } limits)
        {
            QueryLimits.Check(context, limits);
        }

        if (context.Errors.Count == 0)
        {
            new DocumentWalker(context).Walk();
        }

        return context.Errors;
    }
}
