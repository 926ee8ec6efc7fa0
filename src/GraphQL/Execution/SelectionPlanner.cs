using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Collects fields (section 6.3.2) once per document instead of once per object. The values of the variables in <c>@skip</c> and <c>@include</c> are fixed for a planner; each selection tells <paramref name="planned"/> its number of fields.</summary>
internal sealed class SelectionPlanner(Schema schema, DocumentNode document, IReadOnlyDictionary<string, object?> variables, Action<int>? planned)
{
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = document.Definitions.OfType<FragmentDefinitionNode>().DistinctBy(f => f.Name.Value).ToDictionary(f => f.Name.Value);

    public OperationPlan Plan(OperationNode operation, ObjectType root) => new(operation.Kind, Plan(root, [operation.SelectionSet]));

    public SelectionPlan PlanChildren(ObjectType type, IReadOnlyList<FieldNode> parents) =>
        Plan(type, [.. parents.Select(p => p.SelectionSet).OfType<SelectionSetNode>()]);

    private SelectionPlan Plan(ObjectType type, IReadOnlyList<SelectionSetNode> selectionSets)
    {
        var groups = new Dictionary<string, List<FieldNode>>();
        var order = new List<string>();
        var visited = new HashSet<string>();
        try
        {
            foreach (var selectionSet in selectionSets)
            {
                Collect(type, selectionSet, groups, order, visited);
            }
        }
        catch (InputException invalid)
        {
            return new SelectionPlan(type, []) { Failure = invalid };
        }

        var fields = new List<PlannedField>(order.Count);
        foreach (var responseName in order)
        {
            var nodes = groups[responseName];
            if (Definition(type, nodes[0].Name.Value) is { } definition)
            {
                fields.Add(new PlannedField(responseName, definition, type, nodes, this));
            }
        }

        planned?.Invoke(fields.Count);
        return new SelectionPlan(type, [.. fields]);
    }

    private void Collect(ObjectType type, SelectionSetNode selectionSet, Dictionary<string, List<FieldNode>> groups, List<string> order, HashSet<string> visited)
    {
        foreach (var selection in selectionSet.Selections)
        {
            if (!IsIncluded(selection))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseName, out var nodes))
                    {
                        groups.Add(field.ResponseName, nodes = []);
                        order.Add(field.ResponseName);
                    }

                    nodes.Add(field);
                    break;
                case FragmentSpreadNode spread:
                    if (visited.Add(spread.Name.Value) && _fragments.TryGetValue(spread.Name.Value, out var fragment) && Applies(fragment.TypeCondition, type))
                    {
                        Collect(type, fragment.SelectionSet, groups, order, visited);
                    }

                    break;
                case InlineFragmentNode inline:
                    if (inline.TypeCondition is null || Applies(inline.TypeCondition, type))
                    {
                        Collect(type, inline.SelectionSet, groups, order, visited);
                    }

                    break;
            }
        }
    }

    private FieldDefinition? Definition(ObjectType type, string name) => name switch
    {
        "__typename" => Introspection.TypeName,
        "__schema" when type == schema.Query => Introspection.SchemaField,
        "__type" when type == schema.Query => Introspection.TypeField,
        _ => type.Field(name),
    };

    private bool Applies(NamedTypeNode condition, ObjectType type) => schema.TryGetType(condition.Name, out var conditionType) && conditionType switch
    {
        ObjectType => conditionType == type,
        InterfaceType i => i.PossibleTypes.Contains(type) || type.Interfaces.Contains(i),
        UnionType union => union.PossibleTypes.Contains(type),
        _ => false,
    };

    private bool IsIncluded(SelectionNode selection) => selection.Directives.Count == 0
        || (Condition(selection, "skip") is not true && Condition(selection, "include") is not false);

    /// <summary>Null without that directive. 5.8.5: a nullable variable with a default may stand in its argument, and fails there when it is null all the same.</summary>
    private bool? Condition(SelectionNode selection, string name) => selection.Directives.FirstOrDefault(d => d.Name.Value == name)?.Arguments.FirstOrDefault(a => a.Name.Value == "if")?.Value switch
    {
        BooleanValueNode literal => literal.Value,
        VariableNode variable => variables.GetValueOrDefault(variable.Name) as bool? ?? throw new InputException($"Argument \"@{name}(if:)\" must not be null, but variable \"${variable.Name}\" is.") { At = variable },
        _ => null,
    };
}
