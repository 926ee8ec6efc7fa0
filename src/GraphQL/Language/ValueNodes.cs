namespace ClientPortal.GraphQL.Language;

/// <summary>An input value as written (section 2.9).</summary>
public abstract class ValueNode(int start) : SyntaxNode(start);

/// <summary>A variable, <c>$name</c>.</summary>
/// <param name="start">Where the $ stands.</param>
/// <param name="name">The name, without the $.</param>
public sealed class VariableNode(int start, NameNode name) : ValueNode(start)
{
    /// <summary>The name where it stands.</summary>
    public NameNode NameNode { get; } = name;

    /// <summary>The name, without the $.</summary>
    public string Name => NameNode.Value;
}

/// <summary>An integer literal of any size.</summary>
public sealed class IntValueNode(int start, string text) : ValueNode(start)
{
    /// <summary>The digits as written.</summary>
    public string Text { get; } = text;
}

/// <summary>A literal with a fraction or an exponent.</summary>
public sealed class FloatValueNode(int start, string text) : ValueNode(start)
{
    /// <summary>The number as written.</summary>
    public string Text { get; } = text;
}

/// <summary>A string or block string with its escapes resolved.</summary>
public sealed class StringValueNode(int start, string value, bool block) : ValueNode(start)
{
    /// <summary>The value that the literal stands for.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it was written with three quotes.</summary>
    public bool Block { get; } = block;
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class BooleanValueNode(int start, bool value) : ValueNode(start)
{
    /// <summary>The value.</summary>
    public bool Value { get; } = value;
}

/// <summary><c>null</c>.</summary>
public sealed class NullValueNode(int start) : ValueNode(start);

/// <summary>An enum value's name.</summary>
public sealed class EnumValueNode(int start, string name) : ValueNode(start)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>A list literal.</summary>
public sealed class ListValueNode(int start, IReadOnlyList<ValueNode> items) : ValueNode(start)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<ValueNode> Items { get; } = items;
}

/// <summary>An input object literal.</summary>
public sealed class ObjectValueNode(int start, IReadOnlyList<ObjectFieldNode> fields) : ValueNode(start)
{
    /// <summary>The fields as written; names may repeat until validated.</summary>
    public IReadOnlyList<ObjectFieldNode> Fields { get; } = fields;
}

/// <summary>A field of an input object literal.</summary>
public sealed class ObjectFieldNode(int start, NameNode name, ValueNode value) : SyntaxNode(start)
{
    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value.</summary>
    public ValueNode Value { get; } = value;
}
