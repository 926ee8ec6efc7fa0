using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation;

/// <summary>The fields that introspection adds without declaring them (section 4.1 and 4.2).</summary>
internal sealed class MetaFields(Schema schema)
{
    private readonly FieldDefinition _typename = new("__typename") { Type = new NonNullType(schema.Types["String"]) };
    private readonly FieldDefinition _schema = new("__schema") { Type = new NonNullType(schema.Types["__Schema"]) };
    private readonly FieldDefinition _type = new("__type")
    {
        Type = schema.Types["__Type"],
        Arguments = [new InputValue("name") { Type = new NonNullType(schema.Types["String"]) }],
    };

    public FieldDefinition? Find(NamedType parent, string name) => name switch
    {
        "__typename" when parent is FieldsType or UnionType => _typename,
        "__schema" when parent == schema.Query => _schema,
        "__type" when parent == schema.Query => _type,
        _ => null,
    };
}
