using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Answers introspection (section 4): gives the fields of the introspection types, which every schema shares, their resolvers.</summary>
internal static class Introspection
{
    static Introspection()
    {
        var types = BuiltIns.Types.ToDictionary(t => t.Name);
        var type = types["__Type"];
        SchemaField = new FieldDefinition("__schema")
        {
            Type = new NonNullType(types["__Schema"]),
            Resolver = new SyncResolver(SchemaOf),
        };
        TypeField = new FieldDefinition("__type")
        {
            Type = type,
            Arguments = [new InputValue("name") { Type = new NonNullType(BuiltInScalars.String) }],
            Resolver = new SyncResolver(context => context.Arguments.TryGet(0, out var name) && SchemaOf(context).TryGetType((string)name!, out var found) ? found : null),
        };

        var schema = Fields<Schema>(types["__Schema"]);
        schema("description", s => s.Description);
        schema("types", s => s.Types.Values);
        schema("queryType", s => s.Query);
        schema("mutationType", s => s.Mutation);
        schema("subscriptionType", s => s.Subscription);
        schema("directives", s => s.Directives.Values);

        var ofType = Fields<GraphQLType>(type);
        ofType("kind", KindOf);
        ofType("name", t => (t as NamedType)?.Name);
        ofType("description", t => (t as NamedType)?.Description);
        ofType("specifiedByURL", t => (t as ScalarType)?.SpecifiedBy);
        ofType("interfaces", t => (t as FieldsType)?.Interfaces);
        ofType("possibleTypes", t => (t as InterfaceType)?.PossibleTypes ?? (t as UnionType)?.PossibleTypes);
        ofType("ofType", t => (t as ListType)?.Of ?? (t as NonNullType)?.Of);
        ofType("isOneOf", t => (t as InputObjectType)?.IsOneOf);
        List<GraphQLType, FieldDefinition>(type, "fields", t => (t as FieldsType)?.Fields, f => f.DeprecationReason);
        List<GraphQLType, EnumValue>(type, "enumValues", t => (t as EnumType)?.Values, v => v.DeprecationReason);
        List<GraphQLType, InputValue>(type, "inputFields", t => (t as InputObjectType)?.Fields, f => f.DeprecationReason);

        var field = Fields<FieldDefinition>(types["__Field"]);
        field("name", f => f.Name);
        field("description", f => f.Description);
        field("type", f => f.Type);
        field("isDeprecated", f => f.DeprecationReason is not null);
        field("deprecationReason", f => f.DeprecationReason);
        List<FieldDefinition, InputValue>(types["__Field"], "args", f => f.Arguments, a => a.DeprecationReason);

        var input = Fields<InputValue>(types["__InputValue"]);
        input("name", v => v.Name);
        input("description", v => v.Description);
        input("type", v => v.Type);
        input("defaultValue", v => v.DefaultValue is { } value ? Printer.Print(value) : null);
        input("isDeprecated", v => v.DeprecationReason is not null);
        input("deprecationReason", v => v.DeprecationReason);

        var member = Fields<EnumValue>(types["__EnumValue"]);
        member("name", v => v.Name);
        member("description", v => v.Description);
        member("isDeprecated", v => v.DeprecationReason is not null);
        member("deprecationReason", v => v.DeprecationReason);

        var directive = Fields<DirectiveDefinition>(types["__Directive"]);
        directive("name", d => d.Name);
        directive("description", d => d.Description);
        directive("isRepeatable", d => d.IsRepeatable);
        directive("locations", d => d.Locations);
        List<DirectiveDefinition, InputValue>(types["__Directive"], "args", d => d.Arguments, a => a.DeprecationReason);
    }

    /// <summary><c>__typename</c>; the engine answers it from the object's type.</summary>
    public static FieldDefinition TypeName { get; } = new("__typename") { Type = new NonNullType(BuiltInScalars.String) };

    /// <summary><c>__schema</c> of the query root.</summary>
    public static FieldDefinition SchemaField { get; }

    /// <summary><c>__type</c> of the query root.</summary>
    public static FieldDefinition TypeField { get; }

    private static Schema SchemaOf(ResolverContext context) => context.Execution.MayIntrospect
        ? context.Execution.Schema
        : throw new GraphQLException("Introspection is switched off.", ExecutionCodes.IntrospectionOff);

    private static string KindOf(GraphQLType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };

    private static Action<string, Func<T, object?>> Fields<T>(NamedType type)
        where T : class => (name, read) => ((ObjectType)type).Field(name)!.Resolver = new PureResolver(parent => read((T)parent!));

    private static void List<T, TItem>(NamedType type, string name, Func<T, IReadOnlyList<TItem>?> read, Func<TItem, string?> deprecation)
        where T : class
    {
        ((ObjectType)type).Field(name)!.Resolver = new SyncResolver(context =>
        {
            var items = read((T)context.Parent!);
            return items is null || (context.Arguments.TryGet(0, out var all) && all is true)
                ? items
                : items.Where(i => deprecation(i) is null).ToList();
        });
    }
}
