namespace ClientPortal.Invitations;

/// <summary>
/// What those who follow together are told at once: events, and whom the host asked about for them. Each leads to the next;
/// those that everybody has passed are garbage.
/// </summary>
/// <param name="batch">The events.</param>
/// <param name="asked">The tokens that were asked about after the events were read.</param>
/// <param name="rights">By token, what those who may hear the events can do.</param>
internal sealed class InvitationWave(InvitationBatch batch, IReadOnlySet<string> asked, IReadOnlyDictionary<string, string> rights)
{
    private readonly TaskCompletionSource<InvitationWave> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long UpTo => batch.UpTo;

    public IReadOnlySet<string> Asked { get; } = asked;

    public IReadOnlyDictionary<string, string> Rights { get; } = rights;

    /// <summary>The wave after this one, once there is one.</summary>
    public Task<InvitationWave> Next => _next.Task;

    public void Precede(InvitationWave next) => _next.SetResult(next);

    /// <summary>Whether this session lost its right.</summary>
    public bool Ends(string token) => Asked.Contains(token) && !Rights.ContainsKey(token);

    /// <summary>Whether these are the next events of one who has seen all up to <paramref name="seen"/>, and who may hear them.</summary>
    public bool Continues(long seen, string token) => batch.After <= seen && Rights.ContainsKey(token);

    /// <summary>The events for a session. Shared with all who can do the same, unless what it can do has changed since it came: the rules of fields know only what it could do then.</summary>
    public IReadOnlyList<SharedChange> EventsFor(string token, string could) => Rights.GetValueOrDefault(token) == could ? batch.SharedBy(could) : batch.Unshared();
}
