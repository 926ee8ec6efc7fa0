using System.Collections.Concurrent;
using ClientPortal.GraphQL;

namespace ClientPortal.Invitations;

/// <summary>
/// What a host read at once for all who follow the invitations: the events after one and up to another, and whom it asked about
/// for them. Each leads to the next; those that everybody has passed are garbage.
/// </summary>
/// <param name="after">The last event before these.</param>
/// <param name="upTo">The last event of these; as <paramref name="after"/> when there was none.</param>
/// <param name="events">The events, in order.</param>
/// <param name="asked">The tokens that were asked about after the events were read.</param>
/// <param name="rights">By token, what those who may hear the events can do.</param>
internal sealed class InvitationWave(long after, long upTo, IReadOnlyList<InvitationStatusChange> events, IReadOnlySet<string> asked, IReadOnlyDictionary<string, string> rights)
{
    private readonly TaskCompletionSource<InvitationWave> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, IReadOnlyList<(InvitationStatusChange Change, SharedEvent<InvitationStatusChange> Event)>> _shared = new(StringComparer.Ordinal);

    public long UpTo { get; } = upTo;

    public IReadOnlySet<string> Asked { get; } = asked;

    public IReadOnlyDictionary<string, string> Rights { get; } = rights;

    /// <summary>The wave after this one, once there is one.</summary>
    public Task<InvitationWave> Next => _next.Task;

    public void Precede(InvitationWave next) => _next.SetResult(next);

    /// <summary>Whether this session lost its right.</summary>
    public bool Ends(string token) => Asked.Contains(token) && !Rights.ContainsKey(token);

    /// <summary>Whether these are the next events of one who has seen all up to <paramref name="seen"/>, and who may hear them.</summary>
    public bool Continues(long seen, string token) => after <= seen && Rights.ContainsKey(token);

    /// <summary>The events for a session. Shared with all who can do the same, unless what it can do has changed since it came: the rules of fields know only what it could do then.</summary>
    public IReadOnlyList<(InvitationStatusChange Change, SharedEvent<InvitationStatusChange> Event)> EventsFor(string token, string could) =>
        Rights.GetValueOrDefault(token) == could ? _shared.GetOrAdd(could, _ => Made()) : Made();

    private IReadOnlyList<(InvitationStatusChange, SharedEvent<InvitationStatusChange>)> Made() => [.. events.Select(e => (e, new SharedEvent<InvitationStatusChange>(e)))];
}
