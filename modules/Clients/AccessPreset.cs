using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Clients;

internal enum AccessPresetName
{
    Everything,
    Finance,
    ProjectsOnly,
    Nothing,
}

/// <summary>What is seen of one kind of record.</summary>
[ObjectType]
internal sealed record KindVisibility(RecordKind Kind, VisibilityLevel Visibility);

/// <summary>What is often wanted, for every kind of record at once. Who is mailed is no part of it.</summary>
[ObjectType]
internal sealed record AccessPreset(AccessPresetName Name, string Label, IReadOnlyList<KindVisibility> Access)
{
    private static readonly RecordKind[] Work = [RecordKind.Ticket, RecordKind.Project, RecordKind.Event, RecordKind.Document];

    internal static IReadOnlyList<AccessPreset> All { get; } =
    [
        Seeing(AccessPresetName.Everything, "Everything", _ => true),
        Seeing(AccessPresetName.Finance, "Finance only", kind => !Work.Contains(kind)),
        Seeing(AccessPresetName.ProjectsOnly, "Projects only", Work.Contains),
        Seeing(AccessPresetName.Nothing, "Nothing", _ => false),
    ];

    internal static AccessPreset Of(AccessPresetName name) => All.Single(p => p.Name == name);

    private static AccessPreset Seeing(AccessPresetName name, string label, Func<RecordKind, bool> sees) =>
        new(name, label, [.. Enum.GetValues<RecordKind>().Select(kind => new KindVisibility(kind, sees(kind) ? VisibilityLevel.All : VisibilityLevel.None))]);
}

[QueryType]
internal static class AccessPresetQueries
{
    /// <summary>What setContactAccess offers by name.</summary>
    [Staff]
    public static IReadOnlyList<AccessPreset> GetAccessPresets() => AccessPreset.All;
}
