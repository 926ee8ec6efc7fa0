namespace ClientPortal.GraphQL.Language;

/// <summary>A definition of the type system, or an extension of one (section 3).</summary>
public abstract class TypeSystemNode(int start, string? description, bool isExtension, IReadOnlyList<DirectiveNode> directives) : DefinitionNode(start)
{
    /// <summary>The description, or null; extensions have none.</summary>
    public string? Description { get; } = description;

    /// <summary>Whether it extends what is defined elsewhere.</summary>
    public bool IsExtension { get; } = isExtension;

    /// <summary>Directives on it.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary><c>schema { … }</c> (section 3.3).</summary>
public sealed class SchemaDefinitionNode(int start, string? description, bool isExtension, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<RootOperationTypeNode> operationTypes) : TypeSystemNode(start, description, isExtension, directives)
{
    /// <summary>The root types it names.</summary>
    public IReadOnlyList<RootOperationTypeNode> OperationTypes { get; } = operationTypes;
}

/// <summary>One root type of a schema, e.g. <c>query: Query</c>.</summary>
public sealed class RootOperationTypeNode(int start, OperationKind kind, NamedTypeNode type) : SyntaxNode(start)
{
    /// <summary>The kind of operation.</summary>
    public OperationKind Kind { get; } = kind;

    /// <summary>Its root type.</summary>
    public NamedTypeNode Type { get; } = type;
}

/// <summary>A definition or extension of a named type.</summary>
public abstract class TypeDefinitionNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<DirectiveNode> directives) : TypeSystemNode(start, description, isExtension, directives)
{
    /// <summary>The type's name.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>A scalar (section 3.5).</summary>
public sealed class ScalarTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<DirectiveNode> directives) : TypeDefinitionNode(start, description, isExtension, name, directives);

/// <summary>An object or interface: a type with fields.</summary>
public abstract class FieldsTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields) : TypeDefinitionNode(start, description, isExtension, name, directives)
{
    /// <summary>The interfaces that it implements.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>Its fields.</summary>
    public IReadOnlyList<FieldDefinitionNode> Fields { get; } = fields;
}

/// <summary>An object type (section 3.6).</summary>
public sealed class ObjectTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields) : FieldsTypeNode(start, description, isExtension, name, interfaces, directives, fields);

/// <summary>An interface (section 3.7).</summary>
public sealed class InterfaceTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<NamedTypeNode> interfaces, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<FieldDefinitionNode> fields) : FieldsTypeNode(start, description, isExtension, name, interfaces, directives, fields);

/// <summary>A union (section 3.8).</summary>
public sealed class UnionTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<NamedTypeNode> members) : TypeDefinitionNode(start, description, isExtension, name, directives)
{
    /// <summary>Its members.</summary>
    public IReadOnlyList<NamedTypeNode> Members { get; } = members;
}

/// <summary>An enum (section 3.9).</summary>
public sealed class EnumTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<EnumValueDefinitionNode> values) : TypeDefinitionNode(start, description, isExtension, name, directives)
{
    /// <summary>Its values.</summary>
    public IReadOnlyList<EnumValueDefinitionNode> Values { get; } = values;
}

/// <summary>An input object (section 3.10).</summary>
public sealed class InputObjectTypeNode(int start, string? description, bool isExtension, NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<InputValueDefinitionNode> fields) : TypeDefinitionNode(start, description, isExtension, name, directives)
{
    /// <summary>Its fields.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Fields { get; } = fields;
}

/// <summary>A directive definition (section 3.13).</summary>
public sealed class DirectiveDefinitionNode(int start, string? description, NameNode name, IReadOnlyList<InputValueDefinitionNode> arguments, bool isRepeatable, IReadOnlyList<NameNode> locations) : TypeSystemNode(start, description, isExtension: false, [])
{
    /// <summary>The directive's name, without the @.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>Whether it may stand more than once at one place.</summary>
    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>Where it may stand, e.g. FIELD_DEFINITION.</summary>
    public IReadOnlyList<NameNode> Locations { get; } = locations;
}

/// <summary>A field of an object or interface as defined.</summary>
public sealed class FieldDefinitionNode(int start, string? description, NameNode name, IReadOnlyList<InputValueDefinitionNode> arguments, TypeNode type, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(start)
{
    /// <summary>The description, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>What it returns.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Directives on it.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>An argument, or a field of an input object, as defined.</summary>
public sealed class InputValueDefinitionNode(int start, string? description, NameNode name, TypeNode type, ValueNode? defaultValue, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(start)
{
    /// <summary>The description, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Its default, or null.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>Directives on it.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>A value of an enum as defined.</summary>
public sealed class EnumValueDefinitionNode(int start, string? description, NameNode name, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(start)
{
    /// <summary>The description, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The value's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Directives on it.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}
