namespace ClientPortal.GraphQL.Types;

/// <summary>A field of an object or interface.</summary>
public sealed class FieldDefinition(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What it gives, or null.</summary>
    public string? Description { get; init; }

    /// <summary>What it returns. Settable until the schema is complete, because types may refer to each other.</summary>
    public GraphQLType Type { get; set; } = null!; // set by every builder before the schema is handed out

    /// <summary>Its arguments in the order of their declaration.</summary>
    public IReadOnlyList<InputValue> Arguments { get; set; } = [];

    /// <summary>Why not to use it any more; null when it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The argument of that name, or null.</summary>
    public InputValue? Argument(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }
}
