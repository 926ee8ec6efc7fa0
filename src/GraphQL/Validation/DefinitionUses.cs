using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation;

/// <summary>What one operation or fragment itself refers to; the rest is found through its spreads.</summary>
internal sealed class DefinitionUses(DefinitionNode definition)
{
    public DefinitionNode Definition { get; } = definition;

    public List<FragmentSpreadNode> Spreads { get; } = [];

    public List<VariableUse> Variables { get; } = [];

    /// <summary>The fields at its top, for the merging rule.</summary>
    public SelectedFields Fields { get; } = new();
}

/// <summary>A variable where it is used.</summary>
/// <param name="Node">The variable.</param>
/// <param name="Type">What its place expects; null when that is not known.</param>
/// <param name="HasDefault">Whether the place has a default of its own.</param>
/// <param name="OneOf">The @oneOf input object whose field the variable is, or null.</param>
internal readonly record struct VariableUse(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? OneOf);

/// <summary>The fields of one selection set, inline fragments flattened into it, and the fragments that it spreads.</summary>
internal sealed class SelectedFields
{
    public List<SelectedField> Fields { get; } = [];

    public List<string> Spreads { get; } = [];
}

/// <summary>A field with what the walk found out about it.</summary>
/// <param name="Node">The field.</param>
/// <param name="Parent">The type that it is selected on; null when unknown.</param>
/// <param name="Type">Its type; null when the field is not defined.</param>
/// <param name="Fields">Its sub-selection, or null.</param>
internal sealed record SelectedField(FieldNode Node, NamedType? Parent, GraphQLType? Type, SelectedFields? Fields);
