using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>What every schema has without saying so: scalars (3.5), directives (3.13) and the introspection types (section 4).</summary>
internal static class BuiltIns
{
    private const string Sdl = """
        directive @skip("Skipped when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @include("Included when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @deprecated(reason: String! = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        directive @specifiedBy(url: String!) on SCALAR
        directive @oneOf on INPUT_OBJECT

        type __Schema {
          description: String
          types: [__Type!]!
          queryType: __Type!
          mutationType: __Type
          subscriptionType: __Type
          directives: [__Directive!]!
        }
        type __Type {
          kind: __TypeKind!
          name: String
          description: String
          specifiedByURL: String
          fields(includeDeprecated: Boolean! = false): [__Field!]
          interfaces: [__Type!]
          possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          ofType: __Type
          isOneOf: Boolean
        }
        enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }
        type __InputValue {
          name: String!
          description: String
          type: __Type!
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }
        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }
        type __Directive {
          name: String!
          description: String
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }
        enum __DirectiveLocation {
          QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION
          SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION
        }
        """;

    static BuiltIns()
    {
        var builder = new SdlTypeBuilder(new SdlDocument(Parser.Parse(Source.From(Sdl), ParserOptions.Trusted)));
        Types = builder.BuildTypes(BuiltInScalars.All);
        Directives = builder.BuildDirectives().ToDictionary(d => d.Name);
    }

    public static IReadOnlyCollection<NamedType> Types { get; }

    public static IReadOnlyDictionary<string, DirectiveDefinition> Directives { get; }

    public static bool IsBuiltIn(string typeName) => Types.Any(t => t.Name == typeName);

    /// <summary>3.5: a built-in scalar that nothing refers to is no part of a schema.</summary>
    public static IReadOnlyDictionary<string, NamedType> WithoutUnused(IReadOnlyDictionary<string, NamedType> types, IEnumerable<DirectiveDefinition> directives)
    {
        var used = new HashSet<NamedType>(directives.SelectMany(d => d.Arguments).Select(a => a.Type.Named));
        foreach (var type in types.Values)
        {
            used.UnionWith(type switch
            {
                FieldsType t => t.Fields.SelectMany(f => f.Arguments.Select(a => a.Type).Append(f.Type)).Select(of => of.Named),
                InputObjectType t => t.Fields.Select(f => f.Type.Named),
                _ => [],
            });
        }

        return types.Where(t => !BuiltInScalars.Contains(t.Value) || used.Contains(t.Value)).ToDictionary();
    }

    /// <summary>The argument that <paramref name="directive"/> takes as a string, if it is one of those that shape the schema.</summary>
    public static string? StringArgumentOf(string directive) => directive switch
    {
        "deprecated" => "reason",
        "specifiedBy" => "url",
        _ => null,
    };
}
