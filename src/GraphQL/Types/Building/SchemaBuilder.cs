using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Builds the schema from annotated classes. Whatever is wrong with them stops the start, naming class and member.</summary>
internal sealed class SchemaBuilder
{
    private const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly TypeRegistry _registry;
    private readonly OutputTypes _outputs;
    private readonly ResolverCompiler _compiler;
    private readonly FieldBuilder _fields;
    private readonly MutationFields _mutations;
    private readonly SubscriptionFields _subscriptions;
    private readonly GraphQLOptions _options;
    private readonly Dictionary<ObjectType, List<FieldDefinition>> _fieldsOf = [];

    private SchemaBuilder(GraphQLOptions options, IEnumerable<ScalarType> scalars, IReadOnlyList<IParameterBinding> bindings, IServiceProviderIsService isService)
    {
        _options = options;
        _registry = new TypeRegistry(scalars);
        _outputs = new OutputTypes(_registry) { FillFromProperties = FillFromProperties };
        _compiler = new ResolverCompiler(new ParameterBinder(new InputTypes(_registry), isService, bindings), bindings);
        _fields = new FieldBuilder(_outputs, _compiler);
        _mutations = new MutationFields(_registry, _outputs, _fields, _compiler);
        _subscriptions = new SubscriptionFields(_outputs, _compiler);
    }

    /// <summary>Builds the schema of all registered types.</summary>
    public static Schema Build(GraphQLOptions options, IEnumerable<Type> types, IEnumerable<ScalarType> scalars, IReadOnlyList<IParameterBinding> bindings, IServiceProviderIsService isService) =>
        new SchemaBuilder(options, scalars, bindings, isService).Build([.. types.Distinct()]);

    private Schema Build(IReadOnlyList<Type> classes)
    {
        var query = Root<QueryTypeAttribute>("Query", classes);
        var mutation = Root<MutationTypeAttribute>("Mutation", classes);
        var subscription = Root<SubscriptionTypeAttribute>("Subscription", classes);

        // First every type's name, then the fields: they may refer to types of any module.
        var owners = classes.Select(c => (Class: c, Type: Declare(c))).ToList();
        foreach (var (declaring, type) in owners)
        {
            if (type is not null && declaring.GetCustomAttribute<ObjectTypeAttribute>(inherit: false)!.ClrType is not null)
            {
                AddMethods(type, declaring);
            }
        }

        foreach (var extension in classes)
        {
            foreach (var target in extension.GetCustomAttributes<ExtendObjectTypeAttribute>())
            {
                AddMethods(Extended(target, extension), extension);
            }
        }

        AddRoots(query, mutation, subscription, classes);
        AddNodeFields(query);
        _registry.CompleteAll();
        Finish();
        var schema = new Schema
        {
            Types = BuiltIns.WithoutUnused(_registry.Types, BuiltIns.Directives.Values),
            Directives = BuiltIns.Directives,
            Query = query,
            Mutation = mutation,
            Subscription = subscription,
            ResolveAbstractType = ResolveByClrType(),
        };
        var errors = TypeSystemValidation.Validate(schema);
        return errors.Count == 0 ? schema : throw new SchemaException(errors);
    }

    private ObjectType? Root<TAttribute>(string name, IEnumerable<Type> classes)
        where TAttribute : Attribute => classes.FirstOrDefault(c => c.GetCustomAttribute<TAttribute>() is not null) is { } first ? _registry.AddObject(new ObjectType(name), first) : null;

    private ObjectType? Declare(Type declaring)
    {
        if (declaring.GetCustomAttribute<ObjectTypeAttribute>(inherit: false) is not { } attribute)
        {
            var known = declaring.GetCustomAttributes().Any(a => a is QueryTypeAttribute or MutationTypeAttribute or SubscriptionTypeAttribute or ExtendObjectTypeAttribute or InterfaceTypeAttribute or UnionTypeAttribute);
            return known ? null : throw new SchemaException($"{declaring.FullName} is registered as a GraphQL type but carries none of its attributes.");
        }

        if (attribute.ClrType is not { } clr)
        {
            return _outputs.Own(declaring, XmlDescriptions.Of(declaring));
        }

        var name = attribute.Name ?? Names.Given(declaring) ?? Names.OfType(clr);
        return _registry.AddObject(new ObjectType(name) { ClrType = clr, Description = XmlDescriptions.Of(declaring) ?? XmlDescriptions.Of(clr) }, declaring);
    }

    private ObjectType Extended(ExtendObjectTypeAttribute target, Type extension) =>
        (target.ClrType is { } clr ? _registry.Object(clr) : _registry.Types.GetValueOrDefault(target.Name) as ObjectType)
        ?? throw new SchemaException($"{extension.FullName}: there is no object type {target.ClrType?.FullName ?? target.Name} to extend.");

    private void AddMethods(ObjectType type, Type declaring)
    {
        foreach (var method in FieldMethods(declaring))
        {
            Add(type, _fields.Method(method, type.Name, FieldBuilder.SingleRule(method, required: false)), method);
            CheckParents(type, method);
            if (method.GetCustomAttribute<IDAttribute>() is { TypeName: null } && Names.OfField(method) == "id" && method.ReturnType == typeof(Guid))
            {
                type.IdOf = IdOf(method);
            }
        }

        AddNode(type, declaring, PublicStatic);
    }

    private void FillFromProperties(ObjectType type, Type clr)
    {
        foreach (var property in OwnProperties.Of(clr))
        {
            Add(type, _fields.Property(property, type.Name), property);
            if (Annotations.Of<IDAttribute>(property) is { TypeName: null } && Names.OfField(property) == "id" && property.PropertyType == typeof(Guid))
            {
                type.IdOf = parent => (Guid)property.GetValue(parent)!;
            }
        }

        foreach (var method in clr.IsSubclassOf(typeof(UserError)) ? [] : OwnProperties.MethodsOf(clr))
        {
            Add(type, _fields.Method(method, type.Name, FieldBuilder.SingleRule(method, required: false)), method);
        }

        AddNode(type, clr, PublicStatic);
    }

    private void AddNode(ObjectType type, Type declaring, BindingFlags where)
    {
        var resolvers = declaring.GetMethods(where).Where(m => m.GetCustomAttribute<NodeResolverAttribute>() is not null).ToList();
        if (resolvers.Count > 0)
        {
            type.NodeResolver = _compiler.CompileNodeResolver(resolvers[0]);
        }

        if (declaring.GetCustomAttribute<NodeAttribute>() is null)
        {
            return;
        }

        if (type.NodeResolver is null || !_fieldsOf[type].Exists(f => f.Name == "id"))
        {
            throw new SchemaException($"{declaring.FullName}: a [Node] has an [ID] GetId method and a [NodeResolver].");
        }

        type.Interfaces = [.. type.Interfaces, _outputs.NodeInterface];
    }

    private void AddRoots(ObjectType? query, ObjectType? mutation, ObjectType? subscription, IReadOnlyList<Type> classes)
    {
        foreach (var declaring in classes)
        {
            foreach (var method in FieldMethods(declaring))
            {
                if (declaring.GetCustomAttribute<QueryTypeAttribute>() is not null)
                {
                    Add(query!, _fields.Method(method, query!.Name, FieldBuilder.SingleRule(method, required: true)), method);
                }

                if (declaring.GetCustomAttribute<MutationTypeAttribute>() is not null)
                {
                    Add(mutation!, _mutations.Build(method), method);
                }

                if (declaring.GetCustomAttribute<SubscriptionTypeAttribute>() is not null && method.GetCustomAttribute<SubscribeAttribute>() is { } subscribe)
                {
                    Add(subscription!, _subscriptions.Build(method, subscribe.With), method);
                }
            }
        }
    }

    private void AddNodeFields(ObjectType? query)
    {
        if (query is not null && _registry.Types.Values.Any(t => t is ObjectType { NodeResolver: not null }))
        {
            _fieldsOf.TryAdd(query, []);
            _fieldsOf[query].InsertRange(0, NodeFields.Create(_outputs.NodeInterface, _options));
        }
    }

    private void Add(ObjectType type, FieldDefinition field, MemberInfo member)
    {
        _fieldsOf.TryAdd(type, []);
        if (_fieldsOf[type].Exists(f => f.Name == field.Name))
        {
            throw new SchemaException($"{Names.Of(member)}: {type.Name} has a field {field.Name} already.");
        }

        _fieldsOf[type].Add(field);
    }

    private static IEnumerable<MethodInfo> FieldMethods(Type declaring) => declaring.GetMethods(PublicStatic)
        .Where(m => !m.IsSpecialName && !Annotations.Has<GraphQLIgnoreAttribute>(m) && !Annotations.Has<NodeResolverAttribute>(m))
        .OrderBy(m => m.MetadataToken);

    private void CheckParents(ObjectType type, MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
        {
            var parent = ParentExpressions.IsBatch(parameter) ? parameter.ParameterType.GetGenericArguments()[0] : parameter.ParameterType;
            if (Annotations.Has<ParentAttribute>(parameter) && type.ClrType is { } clr && !parent.IsAssignableFrom(clr) && !clr.IsAssignableFrom(parent))
            {
                throw new SchemaException($"{Names.Of(method)}, parameter {parameter.Name}: the objects of {type.Name} are {clr.FullName}, which is no {parent.FullName}.");
            }

            if (Annotations.Has<ParentIdAttribute>(parameter))
            {
                _registry.Later(() => _ = type.IdOf is null && !typeof(IHasId).IsAssignableFrom(type.ClrType)
                    ? throw new SchemaException($"{Names.Of(method)}, parameter {parameter.Name}: {type.Name} has no [ID] GetId of its own, so its objects have no id.")
                    : true);
            }
        }
    }

    private static Func<object, Guid> IdOf(MethodInfo method)
    {
        var parent = method.GetParameters()[0].ParameterType;
        return typeof(SchemaBuilder).GetMethod(nameof(IdOfParent), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(parent).CreateDelegate<Func<MethodInfo, Func<object, Guid>>>()(method);
    }

    private static Func<object, Guid> IdOfParent<T>(MethodInfo method)
    {
        var call = method.CreateDelegate<Func<T, Guid>>();
        return parent => call((T)parent);
    }

    private void Finish()
    {
        foreach (var (type, fields) in _fieldsOf)
        {
            type.Fields = fields;
            if (fields.Find(f => f.NodeTypeName is { Length: > 0 } name && _registry.Types.GetValueOrDefault(name) is not ObjectType { NodeResolver: not null }) is { } field)
            {
                throw new SchemaException($"{type.Name}.{field.Name}: {field.NodeTypeName} is no [Node], so references to it cannot be loaded.");
            }
        }

        foreach (var type in _registry.Types.Values.OfType<ObjectType>())
        {
            if (type.IdOf is null && type.ClrType is { } clr && typeof(IHasId).IsAssignableFrom(clr))
            {
                type.IdOf = static parent => ((IHasId)parent).Id;
            }

            foreach (var (abstractClr, abstractType) in _registry.Abstracts.Where(a => type.ClrType is { } own && own != a.Key && a.Key.IsAssignableFrom(own)))
            {
                if (abstractType is InterfaceType i)
                {
                    type.Interfaces = [.. type.Interfaces, i];
                }
                else if (abstractType is UnionType union)
                {
                    union.PossibleTypes = [.. union.PossibleTypes, type];
                }
            }
        }

        foreach (var type in _registry.Types.Values.OfType<InterfaceType>())
        {
            type.PossibleTypes = [.. _registry.Types.Values.OfType<ObjectType>().Where(o => o.Interfaces.Contains(type))];
        }
    }

    private Func<NamedType, object, ObjectType?> ResolveByClrType()
    {
        var known = new ConcurrentDictionary<Type, ObjectType?>();
        return (_, value) => known.GetOrAdd(value.GetType(), clr =>
        {
            for (var type = clr; type is not null; type = type.BaseType)
            {
                if (_registry.Object(type) is { } found)
                {
                    return found;
                }
            }

            return _registry.Objects.FirstOrDefault(o => o.Key.IsInterface && o.Key.IsAssignableFrom(clr)).Value;
        });
    }
}
