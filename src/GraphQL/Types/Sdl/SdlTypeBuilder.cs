using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Makes types of definitions that the rules have passed: all types first, then what refers to them.</summary>
internal sealed class SdlTypeBuilder(SdlDocument document)
{
    private const string DefaultReason = "No longer supported";

    private readonly Dictionary<string, NamedType> _types = [];

    public Schema Build(Func<NamedType, object, ObjectType?>? resolveAbstractType)
    {
        foreach (var type in BuiltIns.Types)
        {
            _types.Add(type.Name, type);
        }

        AddDefinitions();
        var directives = new Dictionary<string, DirectiveDefinition>(BuiltIns.Directives);
        foreach (var directive in BuildDirectives())
        {
            directives[directive.Name] = directive;
        }

        return new Schema
        {
            Description = document.SchemaParts.FirstOrDefault(s => !s.IsExtension)?.Description,
            Types = BuiltIns.WithoutUnused(_types, directives.Values),
            Directives = directives,
            Query = RootOf(OperationKind.Query),
            Mutation = RootOf(OperationKind.Mutation),
            Subscription = RootOf(OperationKind.Subscription),
            ResolveAbstractType = resolveAbstractType,
        };
    }

    /// <summary>The types of the document alone, for the built-in ones themselves.</summary>
    public IReadOnlyCollection<NamedType> BuildTypes(IEnumerable<NamedType> known)
    {
        foreach (var type in known)
        {
            _types.Add(type.Name, type);
        }

        AddDefinitions();
        return _types.Values;
    }

    public IEnumerable<DirectiveDefinition> BuildDirectives() => document.Directives.Select(d => new DirectiveDefinition(d.Name.Value)
    {
        Description = d.Description,
        Arguments = [.. d.Arguments.Select(ToInputValue)],
        Locations = [.. d.Locations.Select(l => l.Value)],
        IsRepeatable = d.IsRepeatable,
    });

    private void AddDefinitions()
    {
        // A built-in type that is spelled out stays the built-in one.
        var definitions = document.Definitions.Values.Where(d => !_types.ContainsKey(d.Name.Value)).ToArray();
        foreach (var definition in definitions)
        {
            _types.Add(definition.Name.Value, Create(definition));
        }

        foreach (var definition in definitions)
        {
            Complete(_types[definition.Name.Value], [.. document.PartsByName[definition.Name.Value]]);
        }

        foreach (var type in definitions.Select(d => _types[d.Name.Value]).OfType<InterfaceType>())
        {
            type.PossibleTypes = [.. _types.Values.OfType<ObjectType>().Where(o => o.Interfaces.Contains(type))];
            type.ImplementingInterfaces = [.. _types.Values.OfType<InterfaceType>().Where(i => i.Interfaces.Contains(type))];
        }
    }

    private NamedType Create(TypeDefinitionNode definition)
    {
        var name = definition.Name.Value;
        var directives = document.PartsByName[name].SelectMany(p => p.Directives);
        return definition switch
        {
            ScalarTypeNode => new AnyScalar(name) { Description = definition.Description, SpecifiedBy = Argument(directives, "specifiedBy", "url") },
            ObjectTypeNode => new ObjectType(name) { Description = definition.Description },
            InterfaceTypeNode => new InterfaceType(name) { Description = definition.Description },
            UnionTypeNode => new UnionType(name) { Description = definition.Description },
            InputObjectTypeNode => new InputObjectType(name) { Description = definition.Description, IsOneOf = directives.Any(d => d.Name.Value == "oneOf") },
            EnumTypeNode => new EnumType(name)
            {
                Description = definition.Description,
                Values = [.. document.PartsByName[name].OfType<EnumTypeNode>().SelectMany(p => p.Values).Select(ToEnumValue)],
            },
            _ => throw new InvalidOperationException($"Unknown definition {definition.GetType().Name}."),
        };
    }

    private void Complete(NamedType type, IReadOnlyList<TypeDefinitionNode> parts)
    {
        switch (type)
        {
            case FieldsType t:
                var nodes = parts.OfType<FieldsTypeNode>().ToArray();
                t.Fields = [.. nodes.SelectMany(n => n.Fields).Select(ToField)];
                t.Interfaces = [.. nodes.SelectMany(n => n.Interfaces).Select(i => (InterfaceType)_types[i.Name])];
                break;
            case UnionType t:
                t.PossibleTypes = [.. parts.OfType<UnionTypeNode>().SelectMany(n => n.Members).Select(m => (ObjectType)_types[m.Name])];
                break;
            case InputObjectType t:
                t.Fields = [.. parts.OfType<InputObjectTypeNode>().SelectMany(n => n.Fields).Select(ToInputValue)];
                break;
        }
    }

    private FieldDefinition ToField(FieldDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description,
        Type = ToType(node.Type),
        Arguments = [.. node.Arguments.Select(ToInputValue)],
        DeprecationReason = DeprecationOf(node.Directives),
    };

    private InputValue ToInputValue(InputValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description,
        Type = ToType(node.Type),
        DefaultValue = node.DefaultValue,
        DeprecationReason = DeprecationOf(node.Directives),
    };

    private static EnumValue ToEnumValue(EnumValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description,
        DeprecationReason = DeprecationOf(node.Directives),
        ClrValue = node.Name.Value,
    };

    private GraphQLType ToType(TypeNode node) => node switch
    {
        ListTypeNode list => new ListType(ToType(list.Of)),
        NonNullTypeNode nonNull => new NonNullType(ToType(nonNull.Of)),
        _ => _types[((NamedTypeNode)node).Name],
    };

    private static string? DeprecationOf(IReadOnlyList<DirectiveNode> directives) =>
        directives.Any(d => d.Name.Value == "deprecated") ? Argument(directives, "deprecated", "reason") ?? DefaultReason : null;

    private static string? Argument(IEnumerable<DirectiveNode> directives, string directive, string argument) =>
        (directives.FirstOrDefault(d => d.Name.Value == directive)?.Arguments.FirstOrDefault(a => a.Name.Value == argument)?.Value as StringValueNode)?.Value;

    private ObjectType? RootOf(OperationKind kind)
    {
        var named = document.SchemaParts.SelectMany(s => s.OperationTypes).FirstOrDefault(o => o.Kind == kind)?.Type.Name;

        // 3.3.1: without a schema definition, the types of these names are the roots.
        var name = named ?? (document.SchemaParts.Any(s => !s.IsExtension) ? null : kind.ToString());
        return name is null ? null : _types.GetValueOrDefault(name) as ObjectType;
    }
}
