using System.Collections.Concurrent;
using ClientPortal.GraphQL;

namespace ClientPortal.Invitations;

/// <summary>How far all the calls are that somebody follows on this host, and who may know.</summary>
/// <param name="bulks">The calls.</param>
/// <param name="asked">Each call and token that was asked about.</param>
/// <param name="rights">By token, what those who may know can do.</param>
internal sealed class BulkProgress(IReadOnlyList<BulkInvitation> bulks, HashSet<(Guid BulkId, string Token)> asked, IReadOnlyDictionary<string, string> rights)
{
    private readonly Dictionary<Guid, BulkInvitation> _byId = bulks.ToDictionary(b => b.Id);
    private readonly ConcurrentDictionary<(Guid, string), SharedEvent<BulkInvitation>> _shared = [];

    /// <summary>Whether this is an answer to who follows a call, rather than from before they came.</summary>
    public bool Answers(Guid bulkId, string token) => asked.Contains((bulkId, token));

    /// <summary>How far a call is; null when it or the right to know is gone.</summary>
    public BulkInvitation? Of(Guid bulkId, string token) => rights.ContainsKey(token) ? _byId.GetValueOrDefault(bulkId) : null;

    /// <summary>The same as an event, shared as <see cref="InvitationWave.EventsFor"/> says.</summary>
    public SharedEvent<BulkInvitation> EventFor(BulkInvitation bulk, string token, string could) =>
        rights.GetValueOrDefault(token) == could ? _shared.GetOrAdd((bulk.Id, could), _ => new SharedEvent<BulkInvitation>(bulk)) : new SharedEvent<BulkInvitation>(bulk);
}
