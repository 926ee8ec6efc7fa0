using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Output types of CLR types.</summary>
internal sealed class OutputTypes(TypeRegistry registry)
{
    /// <summary>Fills in the fields of an object type that is declared by its own CLR type.</summary>
    public required Action<ObjectType, Type> FillFromProperties { get; init; }

    /// <summary>The type of a field.</summary>
    /// <param name="clr">What the resolver returns.</param>
    /// <param name="member">The method or property, for its annotations.</param>
    /// <param name="where">How messages name it.</param>
    public GraphQLType Type(ClrRef clr, ICustomAttributeProvider member, string where)
    {
        GraphQLType type = clr.Item is { } item ? new ListType(Type(item, member, where)) : NamedTypeOf(clr, member, where);
        return clr.IsNullable ? type : new NonNullType(type);
    }

    /// <summary>The interface of all errors.</summary>
    public InterfaceType ErrorInterface => (InterfaceType?)registry.Types.GetValueOrDefault("Error") ?? AddInterface("Error", "An expected error of a mutation.", typeof(UserError), [
        new FieldDefinition("message") { Type = new NonNullType(BuiltInScalars.String), Description = "What is wrong and what to do next." },
        new FieldDefinition("code") { Type = new NonNullType(BuiltInScalars.String), Description = "Stable, upper snake case." }]);

    /// <summary>The interface of all nodes.</summary>
    public InterfaceType NodeInterface => (InterfaceType?)registry.Types.GetValueOrDefault("Node") ?? AddInterface("Node", "An object that can be asked for by its id.", typeof(NodeRef), [
        new FieldDefinition("id") { Type = new NonNullType(BuiltInScalars.ID), Description = "Opaque; the same for as long as the object exists." }]);

    /// <summary>The object type of an error.</summary>
    public ObjectType Error(Type clr)
    {
        if (registry.Object(clr) is { } known)
        {
            return known;
        }

        var type = registry.AddObject(new ObjectType(Names.OfType(clr)) { ClrType = clr, Description = XmlDescriptions.Of(clr), Interfaces = [ErrorInterface] }, clr);
        registry.Later(() => FillFromProperties(type, clr));
        return type;
    }

    private NamedType NamedTypeOf(ClrRef clr, ICustomAttributeProvider member, string where)
    {
        if (Annotations.Of<GraphQLTypeAttribute>(member) is { } named)
        {
            return registry.Scalar(named.TypeName, where);
        }

        if (Annotations.Has<IDAttribute>(member) && (clr.Type == typeof(Guid) || clr.Type == typeof(string)))
        {
            return BuiltInScalars.ID;
        }

        if (clr.Type == typeof(NodeRef))
        {
            return ReferredTo(member, where);
        }

        if (clr.Is(typeof(Connection<>)))
        {
            return Connection(clr.Arguments[0], member, where);
        }

        if (clr.Type.IsEnum)
        {
            return registry.Enum(clr.Type);
        }

        return registry.Scalar(clr.Type) ?? (NamedType?)registry.Object(clr.Type) ?? Discover(clr.Type) ?? throw new SchemaException(
            $"{where}: {clr.Type.FullName} is not a type of the schema."
            + (clr.Type == typeof(Guid) ? " Use [ID]." : clr.Type == typeof(long) || clr.Type == typeof(DateTime) ? " Name a scalar with [GraphQLType]." : " Register an [ObjectType<…>] class for it, or put [ObjectType] on it."));
    }

    private NamedType? Discover(Type clr)
    {
        if (registry.Abstracts.TryGetValue(clr, out var known))
        {
            return known;
        }

        if (clr == typeof(PageInfo))
        {
            return Own(clr, "Whether there is more around a page.");
        }

        if (typeof(UserError).IsAssignableFrom(clr) && !clr.IsAbstract)
        {
            return Error(clr);
        }

        if (clr == typeof(UserError))
        {
            return ErrorInterface;
        }

        if (clr.GetCustomAttribute<InterfaceTypeAttribute>() is not null)
        {
            var type = new InterfaceType(Names.OfType(clr)) { Description = XmlDescriptions.Of(clr) };
            registry.AddAbstract(type, clr);
            registry.Later(() => type.Fields = [.. clr.GetProperties().Select(p => new FieldDefinition(Names.OfField(p))
            {
                Type = Type(ClrRef.Of(p), p, Names.Of(p)),
                Description = XmlDescriptions.Of(p),
                DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(p)?.Reason,
            })]);
            return type;
        }

        if (clr.GetCustomAttribute<UnionTypeAttribute>() is not null)
        {
            var type = new UnionType(Names.OfType(clr)) { Description = XmlDescriptions.Of(clr) };
            registry.AddAbstract(type, clr);
            return type;
        }

        return clr.GetCustomAttribute<ObjectTypeAttribute>(inherit: false) is { ClrType: null } ? Own(clr, XmlDescriptions.Of(clr)) : null;
    }

    /// <summary>A type whose fields are its own CLR type's properties and methods.</summary>
    public ObjectType Own(Type clr, string? description)
    {
        var type = registry.AddObject(new ObjectType(Names.OfType(clr)) { ClrType = clr, Description = description }, clr);
        registry.Later(() => FillFromProperties(type, clr));
        return type;
    }

    private NamedType ReferredTo(ICustomAttributeProvider member, string where)
    {
        if (Annotations.Of<NodeTypeAttribute>(member) is not { } target)
        {
            return NodeInterface;
        }

        return registry.Types.GetValueOrDefault(target.TypeName) as ObjectType ?? throw new SchemaException($"{where}: there is no object type named {target.TypeName}.");
    }

    private ObjectType Connection(ClrRef node, ICustomAttributeProvider member, string where)
    {
        var nodeType = Type(node, member, where);
        var name = Annotations.Of<ConnectionAttribute>(member)?.Name ?? nodeType.Named.Name;
        if (registry.Types.GetValueOrDefault(name + "Connection") is ObjectType known)
        {
            return known;
        }

        var nodeTypeName = node.Type == typeof(NodeRef) ? Annotations.Of<NodeTypeAttribute>(member)?.TypeName ?? "" : null;
        var (connection, edge) = ConnectionTypes.Create(name, nodeType, nodeTypeName, node.Type, Type(new ClrRef(typeof(PageInfo), false, [], null), typeof(PageInfo), where));
        registry.AddObject(edge, typeof(Edge<>));
        return registry.AddObject(connection, typeof(Connection<>));
    }

    private InterfaceType AddInterface(string name, string description, Type declaredBy, FieldDefinition[] fields)
    {
        var type = new InterfaceType(name) { Description = description, Fields = fields };
        registry.Add(type, declaredBy);
        return type;
    }
}
