using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>A CLR type with the nullability that C# gave it, inside out.</summary>
internal sealed record ClrRef(Type Type, bool IsNullable, IReadOnlyList<ClrRef> Arguments, ClrRef? Element)
{
    public static ClrRef Of(ParameterInfo parameter) => Of(new NullabilityInfoContext().Create(parameter));

    public static ClrRef Of(PropertyInfo property) => Of(new NullabilityInfoContext().Create(property));

    /// <summary>The item of a list; null when it is none. Strings and dictionaries are no lists.</summary>
    public ClrRef? Item => Type.IsArray
        ? Element
        : Type.IsGenericType && Arguments.Count == 1 && Type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(Type) ? Arguments[0] : null;

    /// <summary>What a Task or ValueTask gives, or the type itself.</summary>
    public ClrRef Awaited => IsTask || IsValueTask ? Arguments[0] : this;

    public bool IsTask => Is(typeof(Task<>));

    public bool IsValueTask => Is(typeof(ValueTask<>));

    public bool Is(Type definition) => Type.IsGenericType && Type.GetGenericTypeDefinition() == definition;

    public ClrRef AsNullable() => this with { IsNullable = true };

    private static ClrRef Of(NullabilityInfo info)
    {
        var underlying = Nullable.GetUnderlyingType(info.Type);
        return new ClrRef(
            underlying ?? info.Type,
            underlying is not null || info.ReadState == NullabilityState.Nullable,
            underlying is not null && info.GenericTypeArguments is [{ } only] && only.Type == underlying ? [.. only.GenericTypeArguments.Select(Of)] : [.. info.GenericTypeArguments.Select(Of)],
            info.ElementType is null ? null : Of(info.ElementType));
    }
}
