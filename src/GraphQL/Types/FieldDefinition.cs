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

    /// <summary>How the value is found; null for the meta-field <c>__typename</c>, which the engine answers itself.</summary>
    internal Execution.FieldResolver? Resolver { get; set; }

    /// <summary>The authorization rule, or null.</summary>
    internal AuthorizeAttribute? Rule { get; init; }

    /// <summary>Turns a refusal into the field's value (a mutation's payload); null where a refusal is an error of the field.</summary>
    internal Func<UserError, object>? Refuse { get; init; }

    /// <summary>The stream of a subscription's field; null elsewhere.</summary>
    internal Execution.SubscriptionSource? Source { get; set; }

    /// <summary>The type that a <see cref="NodeRef"/> without a name refers to; null when the field returns none.</summary>
    internal string? NodeTypeName { get; init; }

    /// <summary>How a value is completed, worked out once.</summary>
    internal Execution.Shape Shape => _shape ??= Execution.Shape.Of(Type);

    private Execution.Shape? _shape;

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
