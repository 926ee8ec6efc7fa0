using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.2.1.1 Operation Type Existence: the schema supports this kind of operation.</summary>
internal static class OperationTypeExistence
{
    /// <summary>The root type, or null after the error.</summary>
    public static ObjectType? Check(ValidationContext context, OperationNode operation)
    {
        var root = context.Schema.Root(operation.Kind);
        if (root is null)
        {
            context.Report($"The schema has no {operation.Kind} type.", operation);
        }

        return root;
    }
}
