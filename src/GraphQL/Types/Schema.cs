using System.Diagnostics.CodeAnalysis;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>A type system (specification, section 3). Built once, then only read.</summary>
public sealed class Schema
{
    /// <summary>What the schema is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Every named type, built-in and introspection types included.</summary>
    public required IReadOnlyDictionary<string, NamedType> Types { get; init; }

    /// <summary>Every directive, built-in ones included.</summary>
    public required IReadOnlyDictionary<string, DirectiveDefinition> Directives { get; init; }

    /// <summary>The query root. Null only in a schema that validation of the type system refuses.</summary>
    public ObjectType? Query { get; init; }

    /// <summary>The mutation root, or null.</summary>
    public ObjectType? Mutation { get; init; }

    /// <summary>The subscription root, or null.</summary>
    public ObjectType? Subscription { get; init; }

    /// <summary>The root type of an operation, or null.</summary>
    public ObjectType? Root(OperationKind kind) => kind switch
    {
        OperationKind.Query => Query,
        OperationKind.Mutation => Mutation,
        _ => Subscription,
    };

    /// <summary>Which object type a value of an interface or union has; null when it is none of them, which is an error of the field. By default the CLR type decides.</summary>
    internal Func<NamedType, object, ObjectType?>? ResolveAbstractType { get; init; }

    /// <summary>Looks a named type up.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out NamedType? type) => Types.TryGetValue(name, out type);
}

/// <summary>Any type: named, list or non-null.</summary>
public abstract class GraphQLType
{
    /// <summary>The type inside all lists and non-nulls.</summary>
    public abstract NamedType Named { get; }

    /// <summary>This type without an outer non-null.</summary>
    public GraphQLType Nullable => this is NonNullType n ? n.Of : this;

    /// <summary>Whether values of it may be given by a client.</summary>
    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    /// <summary>Whether fields may return it.</summary>
    public bool IsOutput => Named is not InputObjectType;

    /// <summary>Whether it has no sub-selection.</summary>
    public bool IsLeaf => Named is ScalarType or EnumType;
}

/// <summary><c>[T]</c>.</summary>
public sealed class ListType(GraphQLType of) : GraphQLType
{
    /// <summary>The item type.</summary>
    public GraphQLType Of { get; } = of;

    /// <inheritdoc/>
    public override NamedType Named => Of.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{Of}]";
}

/// <summary><c>T!</c>.</summary>
public sealed class NonNullType(GraphQLType of) : GraphQLType
{
    /// <summary>The nullable type.</summary>
    public GraphQLType Of { get; } = of;

    /// <inheritdoc/>
    public override NamedType Named => Of.Named;

    /// <inheritdoc/>
    public override string ToString() => $"{Of}!";
}

/// <summary>A type with a name.</summary>
public abstract class NamedType(string name) : GraphQLType
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What the type stands for, or null.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An enum (section 3.9).</summary>
public sealed class EnumType(string name) : NamedType(name)
{
    /// <summary>The values in the order of their declaration.</summary>
    public required IReadOnlyList<EnumValue> Values { get; init; }

    /// <summary>The value of that name, or null.</summary>
    internal EnumValue? Value(string name)
    {
        _byName ??= Values.DistinctBy(v => v.Name).ToDictionary(v => v.Name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The value that a resolver returned, or null when it is none of this enum.</summary>
    internal EnumValue? ValueOf(object clrValue)
    {
        _byClrValue ??= Values.DistinctBy(v => v.ClrValue ?? v.Name).ToDictionary(v => v.ClrValue ?? v.Name);
        return _byClrValue.GetValueOrDefault(clrValue);
    }

    private Dictionary<string, EnumValue>? _byName;

    private Dictionary<object, EnumValue>? _byClrValue;
}

/// <summary>One value of an enum.</summary>
public sealed class EnumValue(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What it stands for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Why not to use it any more; null when it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The value that resolvers return and receive; the name itself when the schema comes from SDL.</summary>
    public object? ClrValue { get; init; }

    /// <summary>The name as JSON.</summary>
    internal byte[] Encoded { get; } = System.Text.Encoding.UTF8.GetBytes($"\"{name}\"");
}

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
public sealed class InputValue(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What it means, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Its type. Settable until the schema is complete, because types may refer to each other.</summary>
    public GraphQLType Type { get; set; } = null!; // set by every builder before the schema is handed out

    /// <summary>The default as written; null when there is none (a default of null is a <see cref="NullValueNode"/>).</summary>
    public ValueNode? DefaultValue { get; set; }

    /// <summary>Why not to use it any more; null when it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>Whether a value must be given (section 3.6.1).</summary>
    public bool IsRequired => Type is NonNullType && DefaultValue is null;

    /// <summary>The default as resolvers receive it, coerced once.</summary>
    internal object? CoercedDefault
    {
        get
        {
            if (!_defaultCoerced)
            {
                _default = Execution.InputCoercion.Literal(Type, DefaultValue!, null);
                _defaultCoerced = true;
            }

            return _default;
        }
    }

    private object? _default;

    private volatile bool _defaultCoerced;
}

/// <summary>An input object (section 3.10).</summary>
public sealed class InputObjectType(string name) : NamedType(name)
{
    /// <summary>Its fields in the order of their declaration.</summary>
    public IReadOnlyList<InputValue> Fields { get; set; } = [];

    /// <summary>Whether exactly one field must be given (<c>@oneOf</c>).</summary>
    public bool IsOneOf { get; init; }

    /// <summary>The field of that name, or null.</summary>
    public InputValue? Field(string name)
    {
        _byName ??= Fields.DistinctBy(f => f.Name).ToDictionary(f => f.Name);
        return _byName.GetValueOrDefault(name);
    }

    private Dictionary<string, InputValue>? _byName;
}

/// <summary>An object or interface: a type with fields.</summary>
public abstract class FieldsType(string name) : NamedType(name)
{
    /// <summary>Its fields in the order of their declaration, without the meta-fields.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; set; } = [];

    /// <summary>The interfaces that it says it implements.</summary>
    public IReadOnlyList<InterfaceType> Interfaces { get; set; } = [];

    /// <summary>The field of that name, or null; meta-fields are not among them.</summary>
    public FieldDefinition? Field(string name)
    {
        _byName ??= Fields.DistinctBy(f => f.Name).ToDictionary(f => f.Name);
        return _byName.GetValueOrDefault(name);
    }

    private Dictionary<string, FieldDefinition>? _byName;
}

/// <summary>An object type (section 3.6).</summary>
public sealed class ObjectType(string name) : FieldsType(name)
{
    /// <summary>The CLR type of its objects; null for a schema from SDL and for the roots.</summary>
    internal Type? ClrType { get; init; }

    /// <summary>The id of an object, as its owner declared it; null when the type has none.</summary>
    internal Func<object, Guid>? IdOf { get; set; }

    /// <summary>Finds objects by their ids; null when the type is no node.</summary>
    internal Execution.NodeResolver? NodeResolver { get; set; }
}

/// <summary>An interface (section 3.7).</summary>
public sealed class InterfaceType(string name) : FieldsType(name)
{
    /// <summary>The object types that implement it.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes { get; set; } = [];

    /// <summary>The interfaces that implement it.</summary>
    public IReadOnlyList<InterfaceType> ImplementingInterfaces { get; set; } = [];
}

/// <summary>A union (section 3.8).</summary>
public sealed class UnionType(string name) : NamedType(name)
{
    /// <summary>Its members in the order of their declaration.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes { get; set; } = [];
}

/// <summary>Where a directive may stand and what it takes (section 3.13).</summary>
public sealed class DirectiveDefinition(string name)
{
    /// <summary>The name, without the @.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<InputValue> Arguments { get; set; } = [];

    /// <summary>Where it may stand, by the specification's names, e.g. FIELD_DEFINITION.</summary>
    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>Whether it may stand more than once at one place.</summary>
    public bool IsRepeatable { get; init; }
}
