using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Clients;

[ExtendObjectType("Membership")]
internal static class MembershipContact
{
    [NodeType("Contact")]
    public static NodeRef GetContact([Parent] Membership membership) => new(membership.ContactId);
}
