namespace ClientPortal.GraphQL;

/// <summary>The type implements <c>Node</c>: it has an <c>id</c> (a method with <see cref="IDAttribute"/>) and is found by <c>node(id:)</c> through its <see cref="NodeResolverAttribute"/> method.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class NodeAttribute : Attribute;

/// <summary>The method that finds the type's objects: <c>(IReadOnlyList&lt;Guid&gt; ids, …)</c> to a list that matches the ids by index, null where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;

/// <summary>
/// A global id. On a field: the Guid is encoded as a node id of the field's own type, or of <paramref name="typeName"/>.
/// On an argument or input property: a node id of that type is decoded; one that is malformed or of another type decodes to <see cref="Guid.Empty"/>, which names nothing.
/// </summary>
/// <param name="typeName">The GraphQL type that the id is of; null on a field for the type itself.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IDAttribute(string? typeName = null) : Attribute
{
    /// <summary>The GraphQL type that the id is of, or null.</summary>
    public string? TypeName { get; } = typeName;
}

/// <summary>On a field that returns <see cref="NodeRef"/>: the type of the node that it refers to.</summary>
/// <param name="typeName">The GraphQL name of a type with <see cref="NodeAttribute"/>, in whichever module.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class NodeTypeAttribute(string typeName) : Attribute
{
    /// <summary>The GraphQL name of the node's type.</summary>
    public string TypeName { get; } = typeName;
}
