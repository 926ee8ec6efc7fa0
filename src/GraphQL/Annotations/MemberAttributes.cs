namespace ClientPortal.GraphQL;

/// <summary>The GraphQL name of a type, field, argument, input field or enum value, instead of the derived one.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>The description in the schema. Without it, the XML documentation's summary is taken.</summary>
/// <param name="description">The text, Markdown.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    /// <summary>The text.</summary>
    public string Description { get; } = description;
}

/// <summary>Deprecates a field, argument, input field or enum value.</summary>
/// <param name="reason">What to use instead.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDeprecatedAttribute(string reason) : Attribute
{
    /// <summary>What to use instead.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Picks a scalar by its GraphQL name, e.g. <c>EmailAddress</c> for a string. Lists and nullability still come from the CLR type.</summary>
/// <param name="typeName">The scalar's name.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class GraphQLTypeAttribute(string typeName) : Attribute
{
    /// <summary>The scalar's name.</summary>
    public string TypeName { get; } = typeName;
}

/// <summary>Leaves a public method or property out of the schema.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>A default that C# cannot express as an optional parameter, as a GraphQL literal, e.g. <c>[1, 2]</c>.</summary>
/// <param name="literal">The literal as it would stand in a document.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class DefaultValueAttribute(string literal) : Attribute
{
    /// <summary>The literal.</summary>
    public string Literal { get; } = literal;
}

/// <summary>The list can only be paged forward: only <c>first</c> and <c>after</c> are arguments.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ForwardOnlyAttribute : Attribute;

/// <summary>Names a connection: <c>Name</c> gives <c>NameConnection</c> and <c>NameEdge</c>. By default the node type's name is taken.</summary>
/// <param name="name">The name without the word Connection.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ConnectionAttribute(string name) : Attribute
{
    /// <summary>The name without the word Connection.</summary>
    public string Name { get; } = name;
}

/// <summary>A typed error that a mutation can answer with; a member of its <c>…Error</c> union.</summary>
/// <typeparam name="T">The error.</typeparam>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorAttribute<T> : ErrorAttribute
    where T : UserError
{
    internal override Type ErrorType => typeof(T);
}

/// <summary>The base of <see cref="ErrorAttribute{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class ErrorAttribute : Attribute
{
    internal abstract Type ErrorType { get; }
}

/// <summary>The name of the payload's field that holds the changed object; by default the object type's name in camel case.</summary>
/// <param name="name">The field's name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PayloadFieldAttribute(string name) : Attribute
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The method with the stream of a subscription: same arguments, returns <c>IAsyncEnumerable&lt;T&gt;</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>The name of a static method in the same class.</summary>
    public required string With { get; set; }
}
