using System.Text.Json;

namespace ClientPortal.Clients;

/// <summary>Enum values as the columns hold them: upper snake case, as in the API.</summary>
internal static class Stored
{
    public static string Text<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    public static T Value<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), true);
}
