using System.Buffers.Binary;
using ClientPortal.GraphQL;

namespace ClientPortal.Platform.Audit;

[ObjectType<AuditEvent>]
internal static class AuditEventType
{
    // Events are numbered as they happen; the number stands in the id's last eight bytes.
    [ID("AuditEvent")]
    public static Guid GetId([Parent] AuditEvent e) => new(0, 0, 0, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(e.Id)));

    public static DateTimeOffset GetAt([Parent] AuditEvent e) => e.At;

    /// <summary>The person's name as it was then.</summary>
    public static string GetActor([Parent] AuditEvent e) => e.Actor;

    /// <summary>What was done, e.g. CONTACT_ACCESS_SET.</summary>
    public static string GetAction([Parent] AuditEvent e) => e.Action;

    /// <summary>What it was done to; null once that is gone.</summary>
    public static NodeRef? GetSubject([Parent] AuditEvent e) => e is { SubjectId: { } id, SubjectType: { } type } ? new NodeRef(id, type) : null;

    public static string GetSummary([Parent] AuditEvent e) => e.Summary;
}
