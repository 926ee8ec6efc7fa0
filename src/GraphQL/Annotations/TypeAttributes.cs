namespace ClientPortal.GraphQL;

/// <summary>The methods of a static class are fields of <c>Query</c>. Each needs one authorization rule.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>The methods of a static class are fields of <c>Mutation</c>: one use case a class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>The methods of a static class are fields of <c>Subscription</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>
/// On a static class through <see cref="ObjectTypeAttribute{T}"/>: its public static methods are the fields of the type of <c>T</c>.
/// On a class or record itself: its public properties and instance methods are the fields.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public class ObjectTypeAttribute : Attribute
{
    /// <summary>The GraphQL name; by default the CLR type's.</summary>
    public string? Name { get; set; }

    internal virtual Type? ClrType => null;
}

/// <summary>The public static methods of the class are all the fields of the type whose objects are <typeparamref name="T"/>. Nothing is taken from <typeparamref name="T"/> itself.</summary>
/// <typeparam name="T">The CLR type of the type's objects.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T> : ObjectTypeAttribute
{
    internal override Type ClrType => typeof(T);
}

/// <summary>Adds fields to a type that another class (often another module) declares, by its GraphQL name.</summary>
/// <param name="name">The GraphQL name of the type.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ExtendObjectTypeAttribute(string name) : Attribute
{
    /// <summary>The GraphQL name; empty when the type is named by <see cref="ExtendObjectTypeAttribute{T}"/>.</summary>
    public string Name { get; } = name;

    internal virtual Type? ClrType => null;
}

/// <summary>Adds fields to the type whose objects are <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The CLR type of the type's objects.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExtendObjectTypeAttribute<T>() : ExtendObjectTypeAttribute("")
{
    internal override Type ClrType => typeof(T);
}

/// <summary>Makes an interface (or abstract class) a GraphQL interface: its public properties are the fields; object types whose CLR type is assignable to it implement it.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class InterfaceTypeAttribute : Attribute
{
    /// <summary>The GraphQL name; by default the CLR name, without the leading I of an interface.</summary>
    public string? Name { get; set; }
}

/// <summary>Makes an interface (or abstract class) a union: object types whose CLR type is assignable to it are its members.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class UnionTypeAttribute : Attribute
{
    /// <summary>The GraphQL name; by default the CLR name, without the leading I of an interface.</summary>
    public string? Name { get; set; }
}

/// <summary>On an input record: exactly one of its fields must be given (<c>@oneOf</c>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;
