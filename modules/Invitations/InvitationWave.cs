namespace ClientPortal.Invitations;

/// <summary>What a host read at once for all who follow the invitations: the events after one and up to another, and whom it asked about for them.</summary>
/// <param name="Number">Waves count up, one by one.</param>
/// <param name="After">The last event before these.</param>
/// <param name="UpTo">The last event of these; as <paramref name="After"/> when there was none.</param>
/// <param name="Events">The events, in order.</param>
/// <param name="Asked">Each token that was asked about after the events were read, and whether its session may hear them.</param>
internal sealed record InvitationWave(long Number, long After, long UpTo, IReadOnlyList<InvitationStatusChange> Events, IReadOnlyDictionary<string, bool> Asked)
{
    /// <summary>Whether this session lost its right.</summary>
    public bool Ends(string token) => Asked.TryGetValue(token, out var allowed) && !allowed;

    /// <summary>Whether these are the next events of one who has seen all up to <paramref name="seen"/>, and who may hear them.</summary>
    public bool Continues(long seen, string token) => After <= seen && Asked.GetValueOrDefault(token);
}
