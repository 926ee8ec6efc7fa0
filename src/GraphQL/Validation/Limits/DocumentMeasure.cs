using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Limits;

/// <summary>Measures operations. Each fragment is measured once, so the time is that of reading the document, whatever it expands to.</summary>
internal sealed class DocumentMeasure
{
    private readonly ValidationContext _context;
    private readonly QueryLimitOptions _limits;
    private readonly Func<string, int?> _variable;
    private readonly Dictionary<string, SelectionSize> _fragments = [];

    /// <param name="context">The document.</param>
    /// <param name="order">Its fragments, each after those that it spreads.</param>
    /// <param name="limits">For the size of a page.</param>
    /// <param name="variable">How many items a variable stands for; null when it is not known.</param>
    public DocumentMeasure(ValidationContext context, IReadOnlyList<FragmentDefinitionNode> order, QueryLimitOptions limits, Func<string, int?> variable)
    {
        _context = context;
        _limits = limits;
        _variable = variable;
        foreach (var fragment in order)
        {
            _fragments[fragment.Name.Value] = Measure(fragment.SelectionSet, context.CompositeType(fragment.TypeCondition.Name));
        }
    }

    public SelectionSize Measure(OperationNode operation)
    {
        var size = Measure(operation.SelectionSet, _context.Schema.Root(operation.Kind));
        return size with { Directives = size.Directives + operation.Directives.Count + operation.Variables.Sum(v => v.Directives.Count) };
    }

    private SelectionSize Measure(SelectionSetNode selectionSet, NamedType? parent)
    {
        var total = default(SelectionSize);
        foreach (var selection in selectionSet.Selections)
        {
            var size = selection switch
            {
                FieldNode field => Measure(field, parent),
                InlineFragmentNode inline => Measure(inline.SelectionSet, inline.TypeCondition is { } condition ? _context.CompositeType(condition.Name) : parent),
                FragmentSpreadNode spread => Spread(_fragments.GetValueOrDefault(spread.Name.Value)),
                _ => default,
            };
            total = total.And(size with { Directives = size.Directives + selection.Directives.Count });
        }

        return total;
    }

    private static SelectionSize Spread(SelectionSize fragment) => fragment with { Spreads = fragment.Spreads + 1 };

    private SelectionSize Measure(FieldNode field, NamedType? parent)
    {
        var definition = parent is null ? null : _context.FieldOf(parent, field.Name.Value);
        var below = field.SelectionSet is { } selectionSet ? Measure(selectionSet, definition?.Type.Named) : default;
        var isIntrospectionList = parent?.Name == "__Type" && field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields";
        return below.Below(field.Alias is not null, isIntrospectionList, Items(field, definition));
    }

    /// <summary>How many items a field gives that takes the size of a page or a list of ids; 1 for every other field.</summary>
    private double Items(FieldNode field, FieldDefinition? definition)
    {
        if (definition is null || (definition.Argument("first") ?? definition.Argument("last") ?? definition.Argument("ids")) is null)
        {
            return 1;
        }

        int? given = null;
        foreach (var argument in field.Arguments)
        {
            if (PageVariables.IsSize(argument))
            {
                var size = argument switch
                {
                    { Value: VariableNode v } => _variable(v.Name),
                    { Name.Value: "ids", Value: IntValueNode } => 1, // an id, which stands for a list of one
                    _ => PageVariables.SizeOf(argument.Value),
                };
                given = size is { } items ? Math.Max(given ?? 0, items) : given;
            }
        }

        return Math.Max(1, given ?? _limits.DefaultPageSize);
    }
}
