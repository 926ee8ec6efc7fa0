using System.Globalization;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>Refuses operations that ask for too much, before any rule spends time on them.</summary>
internal static class QueryLimits
{
    /// <summary>Checks every operation of a document. A page's size that comes from a variable is taken as the variable's default, else the usual one; <see cref="CheckCost"/> knows it exactly.</summary>
    public static void Check(ValidationContext context, QueryLimitOptions limits)
    {
        if (context.Operations.Count > limits.MaxOperations)
        {
            context.ReportLimit($"The document has {context.Operations.Count} operations; {limits.MaxOperations} are allowed.");
            return;
        }

        // A cycle has no size; the rule about cycles tells it.
        if (FragmentOrder.Of(context.Fragments) is not { } order)
        {
            return;
        }

        foreach (var operation in context.Operations)
        {
            var size = new DocumentMeasure(context, order, limits, name => DefaultOf(operation, name)).Measure(operation);
            Require(context, operation, size.Depth, limits.MaxDepth, "levels of fields");
            Require(context, operation, size.Fields, limits.MaxFields, "fields");
            Require(context, operation, size.Aliases, limits.MaxAliases, "aliases");
            Require(context, operation, size.Directives, limits.MaxDirectives, "directives");
            Require(context, operation, size.Spreads, limits.MaxFragmentSpreads, "fragment spreads");
            Require(context, operation, size.TopFields, limits.MaxRootFields, "root fields");
            Require(context, operation, size.IntrospectionLists, limits.MaxIntrospectionLists, "nested introspection lists");
            Require(context, operation, size.Cost, limits.MaxCost, "fields in its answer, pages counted in full");
        }
    }

    /// <summary>The cost of one operation with its variables' values, for the moment when they are known. Null when it is allowed.</summary>
    public static GraphQLError? CheckCost(Schema schema, DocumentNode document, OperationNode operation, Func<string, int?> variable, QueryLimitOptions limits)
    {
        var context = new ValidationContext(schema, document, ValidationOptions.Default);
        if (FragmentOrder.Of(context.Fragments) is { } order)
        {
            var size = new DocumentMeasure(context, order, limits, variable).Measure(operation);
            Require(context, operation, size.Cost, limits.MaxCost, "fields in its answer, pages counted in full");
        }

        return context.Errors.Count > 0 ? context.Errors[0] : null;
    }

    private static void Require(ValidationContext context, OperationNode operation, double size, int limit, string what)
    {
        if (size > limit)
        {
            context.ReportLimit($"The operation asks for {size.ToString("0", CultureInfo.InvariantCulture)} {what}; {limit} are allowed.", operation);
        }
    }

    private static int? DefaultOf(OperationNode operation, string variable) =>
        PageVariables.SizeOf(operation.Variables.FirstOrDefault(v => v.Variable.Name == variable)?.DefaultValue);
}
