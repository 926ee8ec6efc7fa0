using System.Collections.Frozen;
using System.Text.Json;

namespace ClientPortal.Platform.Database;

/// <summary>Enum values as the columns hold them: upper snake case, as in the API.</summary>
public static class Stored
{
    /// <summary>The text that the column holds.</summary>
    public static string Text(Enum value) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>The texts that a column may hold.</summary>
    public static string[] Texts<T>(IReadOnlyList<T> values)
        where T : struct, Enum => [.. values.Select(v => Text(v))];

    /// <summary>The value that the column's text stands for.</summary>
    /// <exception cref="ArgumentException">The column holds a text that the enum does not know.</exception>
    public static T Value<T>(string text)
        where T : struct, Enum => Values<T>.ByText.TryGetValue(text, out var value) ? value : throw new ArgumentException($"{typeof(T).Name} has no value {text}.", nameof(text));

    private static class Values<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> ByText = Enum.GetValues<T>().ToFrozenDictionary(v => Text(v));
    }
}
