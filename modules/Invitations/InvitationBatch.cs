using System.Collections.Concurrent;
using ClientPortal.GraphQL;

namespace ClientPortal.Invitations;

/// <summary>Events that a host read at once for all who follow, after one and up to another.</summary>
/// <param name="after">The last event before these.</param>
/// <param name="upTo">The last event of these; as <paramref name="after"/> when there was none.</param>
/// <param name="events">The events, in order.</param>
internal sealed class InvitationBatch(long after, long upTo, IReadOnlyList<InvitationStatusChange> events)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<SharedChange>> _shared = new(StringComparer.Ordinal);

    public long After { get; } = after;

    public long UpTo { get; } = upTo;

    public bool IsEmpty => events.Count == 0;

    /// <summary>The events for all who can do this, whichever wave brings them.</summary>
    public IReadOnlyList<SharedChange> SharedBy(string could) => _shared.GetOrAdd(could, _ => Unshared());

    /// <summary>The events for one alone.</summary>
    public IReadOnlyList<SharedChange> Unshared() => [.. events.Select(e => new SharedChange(e, new SharedEvent<InvitationStatusChange>(e)))];
}

/// <summary>An event, and what all who are told of it share.</summary>
internal readonly record struct SharedChange(InvitationStatusChange Change, SharedEvent<InvitationStatusChange> Event);
