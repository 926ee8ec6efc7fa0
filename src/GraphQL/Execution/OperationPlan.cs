using System.Text;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>An operation ready to run: fields merged, fragments flattened, <c>@skip</c> and <c>@include</c> decided. Shared by all requests that ask for the same.</summary>
internal sealed record OperationPlan(OperationKind Kind, SelectionPlan Root);

/// <summary>The fields that objects of one type answer at one place of the document, in response order.</summary>
internal sealed class SelectionPlan(ObjectType type, PlannedField[] fields)
{
    public ObjectType Type { get; } = type;

    public PlannedField[] Fields { get; } = fields;

    /// <summary>Why the fields cannot be told: a variable of <c>@skip</c> or <c>@include</c> is null. The object itself fails then.</summary>
    public InputException? Failure { get; init; }
}

/// <summary>One field of the response.</summary>
internal sealed class PlannedField(string responseName, FieldDefinition definition, ObjectType type, IReadOnlyList<FieldNode> nodes, SelectionPlanner planner)
{
    private Dictionary<ObjectType, SelectionPlan>? _children;
    private SelectionPlan? _onlyChild;
    // An error for each of many objects must not name each of many places.
    private const int MostLocations = 10;

    private ArgumentValues? _constantArguments;
    private SourceLocation[]? _locations;
    private readonly bool _hasVariables = HasVariables(nodes[0].Arguments);

    public string ResponseName { get; } = responseName;

    /// <summary>The response name as JSON, a comma before and a colon behind it. Names have only letters, digits and underscores.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes($",\"{responseName}\":");

    public FieldDefinition Definition { get; } = definition;

    /// <summary>The object type that the field is selected on.</summary>
    public ObjectType Type { get; } = type;

    /// <summary>Where the field stands in the document: several places when selections were merged.</summary>
    public IReadOnlyList<FieldNode> Nodes { get; } = nodes;

    public Shape Shape { get; } = definition.Shape;

    /// <summary>Where an error of the field points: the first places that it stands at. Worked out once: a field may fail for each object of a list.</summary>
    public IReadOnlyList<SourceLocation> Locations(DocumentNode document) => _locations ??= [.. Nodes.Take(MostLocations).Select(document.LocationOf)];

    /// <summary>Whether values may be tasks, exceptions or references to nodes.</summary>
    public bool IsIndirect { get; } = definition.Resolver is DynamicResolver || definition.NodeTypeName is not null;

    /// <summary>The sub-selection for objects of <paramref name="childType"/>.</summary>
    public SelectionPlan Children(ObjectType childType)
    {
        if (_onlyChild is { } only && only.Type == childType)
        {
            return only;
        }

        lock (planner)
        {
            if (_children is null || !_children.TryGetValue(childType, out var plan))
            {
                plan = planner.PlanChildren(childType, Nodes);
                (_children ??= []).Add(childType, plan);
            }

            _onlyChild = plan;
            return plan;
        }
    }

    /// <summary>The arguments; coerced once for good when no variable is among them.</summary>
    public ArgumentValues Arguments(IReadOnlyDictionary<string, object?> variables, ArgumentConverter? converter)
    {
        if (_constantArguments is { } constant)
        {
            return constant;
        }

        var values = ArgumentValues.Coerce(Definition.Arguments, Nodes[0].Arguments, variables, converter);
        if (!_hasVariables)
        {
            _constantArguments = values;
        }

        return values;
    }

    private static bool HasVariables(IReadOnlyList<ArgumentNode> arguments) => arguments.Any(a => HasVariables(a.Value));

    private static bool HasVariables(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Items.Any(HasVariables),
        ObjectValueNode map => map.Fields.Any(f => HasVariables(f.Value)),
        _ => false,
    };
}
