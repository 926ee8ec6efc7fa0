namespace ClientPortal.GraphQL;

/// <summary>A value of an input that may be absent, which is not the same as null.</summary>
/// <typeparam name="T">The value's type; nullable when the input may be null.</typeparam>
/// <param name="Value">The value; the default of <typeparamref name="T"/> when absent.</param>
public readonly record struct Optional<T>(T Value)
{
    /// <summary>Whether the client gave a value, null included.</summary>
    public bool HasValue { get; } = true;

    /// <summary>The value when given, else <paramref name="other"/>.</summary>
    public T Or(T other) => HasValue ? Value : other;

    /// <summary>A given value.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}
