namespace ClientPortal.Platform.Database;

/// <summary>
/// Where records of a kind are read, for a hole of a statement. Who sees all of the client's reads the table (or view) of that name;
/// who sees some of them reads NAME_list, which starts from what names the contact. Both show the same rows, whoever asks: policies
/// decide (docs/decisions/0013-a-list-costs-its-page.md).
/// </summary>
/// <param name="Kind">As in <c>clients.record_source</c>.</param>
/// <param name="Name">With its schema.</param>
public sealed record RecordTable(string Kind, string Name)
{
    internal string For(DbSession? session) => session is not null && session.Picks(Kind) ? $"{Name}_list" : Name;
}

/// <summary>The rows of a class are records of this kind, with both ways to them (<see cref="RecordTable"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecordKindAttribute(string kind) : Attribute
{
    /// <summary>As in <c>clients.record_source</c>.</summary>
    public string Kind => kind;
}
