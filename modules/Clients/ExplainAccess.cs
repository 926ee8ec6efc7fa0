using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Clients;

internal enum AccessReason
{
    AllOfKind,
    AddressedToContact,
    GrantedForRecord,
    NoPortalAccess,
    KindHidden,
    NotAddressed,
    WithheldForRecord,
    NotPublished,
    OtherClient,
}

/// <summary>Whether a contact sees a record, and the one thing that decides it.</summary>
[ObjectType]
internal sealed record AccessExplanation(bool Visible, AccessReason Reason, string Message);

[ExtendObjectType("Contact")]
internal static class ExplainAccess
{
    /// <summary>
    /// Why this contact can or cannot see that record (an invoice, ticket, project, event, …), from the functions that decide it.
    /// Another client's record, and an id that names none, both answer OTHER_CLIENT. Staff only.
    /// </summary>
    [Staff]
    public static async Task<IReadOnlyList<AccessExplanation>> ExplainAccessAsync([ParentId] IReadOnlyList<Guid> contactIds, NodeId recordId, Asker? asker, DataSources sources, CancellationToken cancellationToken)
    {
        // As the staff member who asks, also within a preview, which reads as the contact.
        var explanations = (await sources.QueryAsync(
            asker!.Session,
            $"select * from ctx.explain_access({contactIds.ToArray()}, {recordId.TypeName}, {recordId.Value})",
            r => (Contact: r.GetGuid(0), Explanation: Explain(r.GetBoolean(1), Stored.Value<AccessReason>(r.GetString(2)), r.IsDBNull(3) ? null : r.GetString(3))), cancellationToken))
            .ToDictionary(e => e.Contact, e => e.Explanation);
        return [.. contactIds.Select(id => explanations[id])];
    }

    private static AccessExplanation Explain(bool visible, AccessReason reason, string? kind) => new(visible, reason, reason switch
    {
        AccessReason.OtherClient => "The contact's client has no such record.",
        AccessReason.NoPortalAccess => "The contact has no portal access: not onboarded, or the client is inactive.",
        AccessReason.NotPublished => $"The record ({kind}) is not published: a draft, not approved, or not shared.",
        AccessReason.WithheldForRecord => $"This record ({kind}) is withheld from the contact.",
        AccessReason.GrantedForRecord => $"This record ({kind}) is granted to the contact.",
        AccessReason.AllOfKind => $"The contact sees all of the client's records of the kind {kind}.",
        AccessReason.AddressedToContact => $"The record ({kind}) is addressed to the contact.",
        AccessReason.NotAddressed => $"The contact sees only addressed records of the kind {kind}, and this one is not addressed to them.",
        _ => $"Records of the kind {kind} are hidden from the contact.",
    });
}
