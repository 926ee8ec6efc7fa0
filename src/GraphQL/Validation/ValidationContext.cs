using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation;

/// <summary>What the rules share: the document's definitions by name, types by name, and the errors.</summary>
internal sealed class ValidationContext
{
    // Of all errors together; from then on each points at one place. A cycle of a thousand fragments is an error at a thousand places, and there can be many.
    private const int MostLocations = 1_000;

    private readonly List<GraphQLError> _errors = [];
    private readonly ValidationOptions _options;
    private int _locations;

    public ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
    {
        Schema = schema;
        Document = document;
        _options = options;
        Operations = [.. document.Definitions.OfType<OperationNode>()];
        FragmentDefinitions = [.. document.Definitions.OfType<FragmentDefinitionNode>()];
        Fragments = new Dictionary<string, FragmentDefinitionNode>(FragmentDefinitions.Count);
        foreach (var fragment in FragmentDefinitions)
        {
            Fragments.TryAdd(fragment.Name.Value, fragment);
        }
    }

    public Schema Schema { get; }

    public DocumentNode Document { get; }

    public IReadOnlyList<OperationNode> Operations { get; }

    public IReadOnlyList<FragmentDefinitionNode> FragmentDefinitions { get; }

    /// <summary>The first fragment of each name.</summary>
    public Dictionary<string, FragmentDefinitionNode> Fragments { get; }

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>Whether nothing more is reported.</summary>
    public bool IsFull => _errors.Count > _options.MaxErrors;

    public int MaxMergeWork => _options.MaxMergeWork;

    public void Report(string message, params ReadOnlySpan<SyntaxNode> nodes) => Add(message, ErrorCodes.Validation, nodes);

    public void ReportLimit(string message, params ReadOnlySpan<SyntaxNode> nodes) => Add(message, ErrorCodes.Limit, nodes);

    private void Add(string message, string code, ReadOnlySpan<SyntaxNode> nodes)
    {
        if (_errors.Count < _options.MaxErrors)
        {
            var locations = new SourceLocation[Math.Min(nodes.Length, Math.Max(1, MostLocations - _locations))];
            _locations += locations.Length;
            for (var i = 0; i < locations.Length; i++)
            {
                locations[i] = Document.LocationOf(nodes[i]);
            }

            _errors.Add(new GraphQLError(message) { Locations = locations, Code = code });
        }
        else if (_errors.Count == _options.MaxErrors)
        {
            _errors.Add(new GraphQLError("Too many errors; the rest is left out.") { Code = code });
        }
    }

    /// <summary>The type that <paramref name="node"/> names, null when there is none of that name.</summary>
    public GraphQLType? TypeOf(TypeNode node) => node switch
    {
        NamedTypeNode named => Schema.TryGetType(named.Name, out var type) ? type : null,
        ListTypeNode list => TypeOf(list.Of) is { } item ? new ListType(item) : null,
        _ => TypeOf(((NonNullTypeNode)node).Of) is { } nullable ? new NonNullType(nullable) : null,
    };

    /// <summary>The object, interface or union of that name, or null.</summary>
    public NamedType? CompositeType(string name) => Schema.TryGetType(name, out var type) && type is FieldsType or UnionType ? type : null;

    /// <summary>The field of that name, meta-fields included (sections 4.1 and 4.2), or null.</summary>
    public FieldDefinition? FieldOf(NamedType parent, string name) => name switch
    {
        "__typename" when parent is FieldsType or UnionType => Introspection.TypeName,
        "__schema" when parent == Schema.Query => Introspection.SchemaField,
        "__type" when parent == Schema.Query => Introspection.TypeField,
        _ => (parent as FieldsType)?.Field(name),
    };

    /// <summary>" Did you mean …?" with names like <paramref name="name"/>, or nothing when suggestions are off.</summary>
    public string Suggest(string name, IEnumerable<string> known) => _options.SuggestNames ? Suggestions.For(name, known) : "";
}
