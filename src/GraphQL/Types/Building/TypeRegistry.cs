using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>The types of a schema under construction. A type is created when first met; its fields are filled in later, so types may refer to each other.</summary>
internal sealed class TypeRegistry
{
    private readonly Dictionary<string, NamedType> _byName = [];
    private readonly Dictionary<Type, ScalarType> _scalars = [];
    private readonly Dictionary<Type, EnumType> _enums = [];
    private readonly Dictionary<Type, ObjectType> _objects = [];
    private readonly Dictionary<Type, NamedType> _abstracts = [];
    private readonly Queue<Action> _later = [];

    public TypeRegistry(IEnumerable<ScalarType> customScalars)
    {
        foreach (var type in BuiltIns.Types)
        {
            _byName.Add(type.Name, type);
        }

        AddScalar(typeof(string), BuiltInScalars.String);
        AddScalar(typeof(int), BuiltInScalars.Int);
        AddScalar(typeof(double), BuiltInScalars.Float);
        AddScalar(typeof(bool), BuiltInScalars.Boolean);
        AddScalar(typeof(NodeId), BuiltInScalars.ID);
        foreach (var scalar in (IEnumerable<ScalarType>)[new DecimalScalar(), new DateTimeScalar(), new DateScalar(), new UrlScalar(), new EmailAddressScalar(), new CurrencyCodeScalar(), .. customScalars])
        {
            _optional[scalar.Name] = scalar;
            if (scalar.GetType() is var type && ValueTypeOf(type) is { } clr && clr != typeof(string))
            {
                _scalars[clr] = scalar;
            }
        }
    }

    // Scalars join the schema when something uses them.
    private readonly Dictionary<string, ScalarType> _optional = [];

    public IReadOnlyDictionary<string, NamedType> Types => _byName;

    public IReadOnlyDictionary<Type, ObjectType> Objects => _objects;

    public IReadOnlyDictionary<Type, NamedType> Abstracts => _abstracts;

    public ScalarType? Scalar(Type clrType) => _scalars.TryGetValue(clrType, out var scalar) ? Use(scalar) : null;

    public ScalarType Scalar(string name, string member) => _optional.TryGetValue(name, out var scalar)
        ? Use(scalar)
        : _byName.GetValueOrDefault(name) as ScalarType ?? throw new SchemaException($"{member}: there is no scalar named {name}. Register it with AddScalar.");

    public EnumType Enum(Type clrType)
    {
        if (!_enums.TryGetValue(clrType, out var type))
        {
            type = new EnumType(Names.OfType(clrType))
            {
                Description = XmlDescriptions.Of(clrType),
                Values = [.. clrType.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => new EnumValue(Names.OfEnumValue(f))
                {
                    ClrValue = f.GetValue(null),
                    Description = XmlDescriptions.Of(f),
                    DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(f)?.Reason,
                })],
            };
            _enums.Add(clrType, type);
            Add(type, clrType);
        }

        return type;
    }

    public ObjectType? Object(Type clrType) => _objects.GetValueOrDefault(clrType);

    public ObjectType AddObject(ObjectType type, Type declaredBy)
    {
        Add(type, declaredBy);
        if (type.ClrType is { } clr && !_objects.TryAdd(clr, type))
        {
            throw new SchemaException($"{declaredBy.FullName}: the type of {clr.FullName} is declared twice, as {_objects[clr].Name} and as {type.Name}.");
        }

        return type;
    }

    public void AddAbstract(NamedType type, Type clrType)
    {
        Add(type, clrType);
        _abstracts.Add(clrType, type);
    }

    public void Add(NamedType type, Type declaredBy)
    {
        if (!_byName.TryAdd(type.Name, type))
        {
            throw new SchemaException($"{declaredBy.FullName}: the name {type.Name} is taken by another type. Use [GraphQLName].");
        }
    }

    /// <summary>Fills a type in once all names are known.</summary>
    public void Later(Action complete) => _later.Enqueue(complete);

    public void CompleteAll()
    {
        while (_later.TryDequeue(out var complete))
        {
            complete();
        }
    }

    private void AddScalar(Type clrType, ScalarType scalar) => _scalars.Add(clrType, scalar);

    private ScalarType Use(ScalarType scalar)
    {
        _byName[scalar.Name] = scalar;
        return scalar;
    }

    private static Type? ValueTypeOf(Type scalarType)
    {
        for (var type = scalarType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ScalarType<>))
            {
                return type.GetGenericArguments()[0];
            }
        }

        return null;
    }
}
