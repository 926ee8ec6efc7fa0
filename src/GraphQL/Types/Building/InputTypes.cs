using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Input types of CLR types, and the functions that make CLR values of coerced ones.</summary>
internal sealed class InputTypes(TypeRegistry registry)
{
    private readonly Dictionary<Type, (InputObjectType Type, Lazy<Func<object?, object?>> Convert)> _objects = [];

    /// <summary>An argument or input field: its definition, and how its value is made. <c>Convert</c> takes whether a value was given, and the coerced value.</summary>
    public (InputValue Definition, Func<bool, object?, object?> Convert) Value(ICustomAttributeProvider member, string name, ClrRef clr, object? clrDefault, string where)
    {
        var literal = Annotations.Of<DefaultValueAttribute>(member)?.Literal is { } text ? Parse(text, where) : Literal(clrDefault, clr.Type, where);
        var isOptional = clr.Is(typeof(Optional<>));
        var inner = isOptional ? clr.Arguments[0] : clr;
        var type = Type(isOptional ? inner.AsNullable() : inner, member, where);
        var convert = Converter(inner, member, where);
        var definition = new InputValue(name)
        {
            Type = type,
            DefaultValue = literal,
            Description = XmlDescriptions.Of(member),
            DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(member)?.Reason,
        };
        if (isOptional)
        {
            var wrap = OptionalOf.Wrap(inner.Type, inner.IsNullable);
            var unset = Activator.CreateInstance(clr.Type);
            return (definition, (given, value) => given ? wrap(value is null ? null : convert(value)) : unset);
        }

        var absent = clrDefault ?? (inner.IsNullable || !inner.Type.IsValueType ? null : Activator.CreateInstance(inner.Type));
        return (definition, (given, value) => !given ? absent : value is null ? null : convert(value));
    }

    /// <summary>Whether a parameter of this type could be an argument without being registered anywhere: a scalar, an enum, or a list of them.</summary>
    public bool IsPlain(ClrRef clr) => clr.Is(typeof(Optional<>)) || clr.Type == typeof(Guid) || clr.Type.IsEnum || registry.Scalar(clr.Type) is not null || (clr.Item is { } item && (IsPlain(item) || IsObject(item.Type)));

    private GraphQLType Type(ClrRef clr, ICustomAttributeProvider member, string where)
    {
        GraphQLType type = clr.Item is { } item ? new ListType(Type(item, member, where)) : NamedTypeOf(clr.Type, member, where);
        return clr.IsNullable ? type : new NonNullType(type);
    }

    private NamedType NamedTypeOf(Type clr, ICustomAttributeProvider member, string where)
    {
        if (Annotations.Of<GraphQLTypeAttribute>(member) is { } named)
        {
            return registry.Scalar(named.TypeName, where);
        }

        if (Annotations.Of<IDAttribute>(member) is { } id)
        {
            return clr == typeof(Guid) && id.TypeName is null
                ? throw new SchemaException($"{where}: say of which type the id is, [ID(\"Client\")], or take a NodeId.")
                : BuiltInScalars.ID;
        }

        if (clr.IsEnum)
        {
            return registry.Enum(clr);
        }

        return registry.Scalar(clr) ?? (NamedType?)Object(clr)?.Type ?? throw new SchemaException(
            $"{where}: {clr.FullName} is neither a registered service nor an input type."
            + (clr == typeof(Guid) ? " Use [ID(\"…\")]." : clr == typeof(long) || clr == typeof(DateTime) ? " Name a scalar with [GraphQLType]." : ""));
    }

    private Func<object?, object?> Converter(ClrRef clr, ICustomAttributeProvider member, string where)
    {
        if (clr.Item is { } item)
        {
            var convertItem = Converter(item, member, where);
            var itemType = item.IsNullable && item.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(item.Type) : item.Type;
            return ListOf.Converter(itemType, clr.Type, convertItem);
        }

        if (Annotations.Of<IDAttribute>(member) is { } id && clr.Type == typeof(Guid))
        {
            return value => NodeId.TryParse((string?)value, out var node) && node.TypeName == id.TypeName ? node.Value : Guid.Empty;
        }

        if (clr.Type == typeof(NodeId))
        {
            return value => NodeId.TryParse((string?)value, out var node) ? node : NodeId.Nothing;
        }

        return Object(clr.Type) is { } input && Annotations.Of<GraphQLTypeAttribute>(member) is null ? value => input.Convert.Value(value) : value => value;
    }

    private (InputObjectType Type, Lazy<Func<object?, object?>> Convert)? Object(Type clr)
    {
        if (_objects.TryGetValue(clr, out var known))
        {
            return known;
        }

        if (!IsObject(clr))
        {
            return null;
        }

        var type = new InputObjectType(Names.OfType(clr)) { IsOneOf = Annotations.Has<OneOfAttribute>(clr), Description = XmlDescriptions.Of(clr) };
        registry.Add(type, clr);
        var fields = new Lazy<List<(InputValue Definition, Func<bool, object?, object?> Convert)>>(() => Fields(clr));
        var input = (type, new Lazy<Func<object?, object?>>(() => Constructor(clr, fields.Value)));
        _objects.Add(clr, input);
        registry.Later(() => type.Fields = [.. fields.Value.Select(f => f.Definition)]);
        return input;
    }

    private static bool IsObject(Type clr) => (clr.IsClass || clr is { IsValueType: true, IsPrimitive: false, IsEnum: false }) && !clr.IsAbstract && clr != typeof(object)
        && clr.Namespace?.StartsWith("System", StringComparison.Ordinal) != true && Annotations.PrimaryConstructor(clr) is not null;

    private List<(InputValue, Func<bool, object?, object?>)> Fields(Type clr) =>
        [.. Annotations.PrimaryConstructor(clr)!.GetParameters().Select(p => Value(p, Names.Given(p) ?? Names.Camel(p.Name!), ClrRef.Of(p), DefaultOf(p), $"{clr.FullName}.{p.Name}"))];

    private static Func<object?, object?> Constructor(Type clr, List<(InputValue Definition, Func<bool, object?, object?> Convert)> fields)
    {
        var constructor = Annotations.PrimaryConstructor(clr)!;
        var values = Expression.Parameter(typeof(object?[]));
        var create = Expression.Lambda<Func<object?[], object>>(
            Expression.Convert(Expression.New(constructor, constructor.GetParameters().Select((p, i) => Unbox(Expression.ArrayIndex(values, Expression.Constant(i)), p.ParameterType))), typeof(object)),
            values).Compile();
        return value =>
        {
            var given = (Dictionary<string, object?>)value!;
            var arguments = new object?[fields.Count];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = fields[i].Convert(given.TryGetValue(fields[i].Definition.Name, out var field), field);
            }

            return create(arguments);
        };
    }

    public static Expression Unbox(Expression value, Type type) => Expression.Convert(value, type);

    public static object? DefaultOf(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue : null;

    private static ValueNode Parse(string text, string where)
    {
        try
        {
            return Parser.ParseConstantValue(text);
        }
        catch (SyntaxException invalid)
        {
            throw new SchemaException($"{where}: the default {text} is no GraphQL value. {invalid.Message}");
        }
    }

    private static ValueNode? Literal(object? value, Type type, string where)
    {
        var memberType = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => null,
            _ when memberType.IsEnum => new EnumValueNode(0, Names.OfEnumValue(memberType.GetField(Enum.GetName(memberType, value) ?? throw new SchemaException($"{where}: the default is none of the values of {memberType.Name}."))!)),
            string s => new StringValueNode(0, s, block: false),
            bool b => new BooleanValueNode(0, b),
            int i => new IntValueNode(0, i.ToString(CultureInfo.InvariantCulture)),
            decimal m => decimal.IsInteger(m) ? new IntValueNode(0, m.ToString(CultureInfo.InvariantCulture)) : new FloatValueNode(0, m.ToString(CultureInfo.InvariantCulture)),
            double d => new FloatValueNode(0, JsonSerializer.Serialize(d)),
            _ => null,
        };
    }
}

/// <summary>Makes typed lists of coerced ones.</summary>
internal static class ListOf
{
    private static readonly MethodInfo Generic = typeof(ListOf).GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Func<object?, object?> Converter(Type item, Type list, Func<object?, object?> convertItem) =>
        Generic.MakeGenericMethod(item).CreateDelegate<Func<Func<object?, object?>, bool, Func<object?, object?>>>()(convertItem, list.IsGenericType && list.GetGenericTypeDefinition() == typeof(List<>));

    private static Func<object?, object?> Typed<T>(Func<object?, object?> convertItem, bool asList) => value =>
    {
        var items = (object?[])value!;
        var typed = new T[items.Length];
        for (var i = 0; i < typed.Length; i++)
        {
            typed[i] = items[i] is { } item ? (T)convertItem(item)! : default!;
        }

        return asList ? typed.ToList() : typed;
    };
}

/// <summary>Wraps values as <see cref="Optional{T}"/>.</summary>
internal static class OptionalOf
{
    private static readonly MethodInfo Generic = typeof(OptionalOf).GetMethod(nameof(Wrapper), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Func<object?, object?> Wrap(Type type, bool isNullable) =>
        Generic.MakeGenericMethod(isNullable && type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type).CreateDelegate<Func<Func<object?, object?>>>()();

    private static Func<object?, object?> Wrapper<T>() => static value => new Optional<T>(value is null ? default! : (T)value);
}
