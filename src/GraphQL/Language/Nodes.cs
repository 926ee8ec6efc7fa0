namespace ClientPortal.GraphQL.Language;

/// <summary>A node of a parsed document (specification, September 2025, section 2 and appendix B).</summary>
/// <param name="start">Byte offset of the node's first token.</param>
public abstract class SyntaxNode(int start)
{
    /// <summary>Byte offset of the node's first token in its <see cref="Source"/>.</summary>
    public int Start { get; } = start;
}

/// <summary>A document: executable definitions, type system definitions, or both.</summary>
public sealed class DocumentNode(Source source, IReadOnlyList<DefinitionNode> definitions) : SyntaxNode(0)
{
    /// <summary>The text, for error locations.</summary>
    public Source Source { get; } = source;

    /// <summary>The definitions in document order; never empty.</summary>
    public IReadOnlyList<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>Where <paramref name="node"/> starts.</summary>
    public SourceLocation LocationOf(SyntaxNode node) => Source.LocationOf(node.Start);
}

/// <summary>Any top-level definition.</summary>
public abstract class DefinitionNode(int start) : SyntaxNode(start);

/// <summary>A name where its own position matters for errors.</summary>
public sealed class NameNode(int start, string value) : SyntaxNode(start)
{
    /// <summary>The name itself.</summary>
    public string Value { get; } = value;
}

/// <summary>The three kinds of operation.</summary>
public enum OperationKind
{
    /// <summary>Reads.</summary>
    Query,

    /// <summary>Changes, run one after the other.</summary>
    Mutation,

    /// <summary>A stream of events.</summary>
    Subscription,
}

/// <summary>An operation (section 2.3). <see cref="Name"/> is null for an anonymous one.</summary>
public sealed class OperationNode(int start, string? description, OperationKind kind, NameNode? name, IReadOnlyList<VariableDefinitionNode> variables, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet) : DefinitionNode(start)
{
    /// <summary>The description, which executable definitions may carry since September 2025.</summary>
    public string? Description { get; } = description;

    /// <summary>Query, mutation or subscription.</summary>
    public OperationKind Kind { get; } = kind;

    /// <summary>The name, or null.</summary>
    public NameNode? Name { get; } = name;

    /// <summary>The variables it declares.</summary>
    public IReadOnlyList<VariableDefinitionNode> Variables { get; } = variables;

    /// <summary>Directives on the operation.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <summary>What it selects.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>A fragment definition (section 2.8).</summary>
public sealed class FragmentDefinitionNode(int start, string? description, NameNode name, NamedTypeNode typeCondition, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet) : DefinitionNode(start)
{
    /// <summary>The description, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The fragment's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The type it applies to.</summary>
    public NamedTypeNode TypeCondition { get; } = typeCondition;

    /// <summary>Directives on the definition.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <summary>What it selects.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>A variable definition (section 2.10).</summary>
public sealed class VariableDefinitionNode(int start, string? description, VariableNode variable, TypeNode type, ValueNode? defaultValue, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(start)
{
    /// <summary>The description, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The variable.</summary>
    public VariableNode Variable { get; } = variable;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Its default, or null.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>Directives on the definition.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>A selection set (section 2.4); never empty.</summary>
public sealed class SelectionSetNode(int start, IReadOnlyList<SelectionNode> selections) : SyntaxNode(start)
{
    /// <summary>The selections in document order.</summary>
    public IReadOnlyList<SelectionNode> Selections { get; } = selections;
}

/// <summary>A field, fragment spread or inline fragment.</summary>
public abstract class SelectionNode(int start, IReadOnlyList<DirectiveNode> directives) : SyntaxNode(start)
{
    /// <summary>Directives on the selection.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>A field (section 2.5).</summary>
public sealed class FieldNode(int start, NameNode? alias, NameNode name, IReadOnlyList<ArgumentNode> arguments, IReadOnlyList<DirectiveNode> directives, SelectionSetNode? selectionSet) : SelectionNode(start, directives)
{
    /// <summary>The alias, or null.</summary>
    public NameNode? Alias { get; } = alias;

    /// <summary>The field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>Its sub-selection, or null for a leaf.</summary>
    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The key in the response: the alias, else the name.</summary>
    public string ResponseName => (Alias ?? Name).Value;
}

/// <summary>A fragment spread, <c>...Name</c>.</summary>
public sealed class FragmentSpreadNode(int start, NameNode name, IReadOnlyList<DirectiveNode> directives) : SelectionNode(start, directives)
{
    /// <summary>The fragment's name.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>An inline fragment, with or without a type condition.</summary>
public sealed class InlineFragmentNode(int start, NamedTypeNode? typeCondition, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet) : SelectionNode(start, directives)
{
    /// <summary>The type it applies to; null for the enclosing one.</summary>
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    /// <summary>What it selects.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>A directive where it is used (section 2.12).</summary>
public sealed class DirectiveNode(int start, NameNode name, IReadOnlyList<ArgumentNode> arguments) : SyntaxNode(start)
{
    /// <summary>The directive's name, without the @.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<ArgumentNode> Arguments { get; } = arguments;
}

/// <summary>An argument of a field or directive.</summary>
public sealed class ArgumentNode(int start, NameNode name, ValueNode value) : SyntaxNode(start)
{
    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value.</summary>
    public ValueNode Value { get; } = value;
}

/// <summary>A reference to a type.</summary>
public abstract class TypeNode(int start) : SyntaxNode(start);

/// <summary>A type by its name.</summary>
public sealed class NamedTypeNode(int start, string name) : TypeNode(start)
{
    /// <summary>The type's name.</summary>
    public string Name { get; } = name;
}

/// <summary>A list type, <c>[T]</c>.</summary>
public sealed class ListTypeNode(int start, TypeNode of) : TypeNode(start)
{
    /// <summary>The item type.</summary>
    public TypeNode Of { get; } = of;
}

/// <summary>A non-null type, <c>T!</c>.</summary>
public sealed class NonNullTypeNode(int start, TypeNode of) : TypeNode(start)
{
    /// <summary>The nullable type; never itself non-null.</summary>
    public TypeNode Of { get; } = of;
}
