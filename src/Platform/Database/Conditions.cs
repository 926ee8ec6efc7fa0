namespace ClientPortal.Platform.Database;

/// <summary>Conditions on rows, all of which have to hold; the holes of each are parameters.</summary>
public sealed class Conditions
{
    private readonly List<FormattableString> _all = [];

    /// <summary>Adds one.</summary>
    public void Add(FormattableString condition) => _all.Add(condition);

    /// <summary>Adds one, if there is any.</summary>
    internal Conditions With(FormattableString? condition)
    {
        var more = new Conditions();
        more._all.AddRange(condition is null ? _all : [condition, .. _all]);
        return more;
    }

    /// <summary>A where clause, or nothing when every row will do.</summary>
    internal FormattableString Where => _all.Count == 0 ? $"" : _all.Skip(1).Aggregate<FormattableString, FormattableString>($"where ({_all[0]})", (before, condition) => $"{before} and ({condition})");
}
