namespace ClientPortal.Platform.Paging;

/// <summary>Patterns for <c>ilike</c>.</summary>
public static class LikePattern
{
    /// <summary>Matches what contains the text, whatever wildcards are in it. PostgreSQL cannot hold NUL, so nothing contains it.</summary>
    public static string Contains(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? ""
            : $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
