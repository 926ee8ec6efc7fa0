namespace ClientPortal.GraphQL.Validation;

/// <summary>Names that a misspelt one may have meant.</summary>
internal static class Suggestions
{
    private const int MaxNameLength = 60;
    private const int MaxSuggestions = 5;

    public static string For(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxNameLength)
        {
            return "";
        }

        var limit = (int)(name.Length * 0.4) + 1;
        var near = known
            .Where(k => Math.Abs(k.Length - name.Length) <= limit)
            .Select(k => (Name: k, Distance: Distance(name, k)))
            .Where(k => k.Distance <= limit)
            .OrderBy(k => k.Distance)
            .ThenBy(k => k.Name, StringComparer.Ordinal)
            .Take(MaxSuggestions)
            .Select(k => $"\"{k.Name}\"")
            .ToArray();
        return near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    // Levenshtein, without regard to case, one row at a time.
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[(2 * MaxNameLength) + 2];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[b.Length];
    }
}
