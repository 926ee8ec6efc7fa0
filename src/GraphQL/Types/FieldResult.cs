namespace ClientPortal.GraphQL;

/// <summary>What a mutation gives: the changed object, or why it was refused.</summary>
/// <typeparam name="T">The changed object, or the payload itself when its name ends in Payload.</typeparam>
public readonly struct FieldResult<T> : IFieldResult
{
    private readonly object? _value;

    /// <summary>Success.</summary>
    public FieldResult(T value) => _value = value;

    /// <summary>Refused, for one reason or several.</summary>
    /// <param name="errors">At least one.</param>
    public FieldResult(params IReadOnlyList<UserError> errors)
    {
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count);
        Errors = errors;
    }

    /// <summary>The reasons; null on success.</summary>
    public IReadOnlyList<UserError>? Errors { get; }

    object? IFieldResult.Value => _value;

    /// <summary>The object; throws when refused.</summary>
    public T Value => Errors is null ? (T)_value! : throw new InvalidOperationException("Refused: " + Errors[0].Code);

    /// <summary>Success.</summary>
    public static implicit operator FieldResult<T>(T value) => new(value);

    /// <summary>Refused.</summary>
    public static implicit operator FieldResult<T>(UserError error) => new([error]);
}

internal interface IFieldResult
{
    object? Value { get; }

    IReadOnlyList<UserError>? Errors { get; }
}
