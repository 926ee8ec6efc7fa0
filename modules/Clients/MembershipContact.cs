using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Clients;

[ExtendObjectType("Membership")]
internal static class MembershipContact
{
    // Whose membership it is was asked a statement earlier, and access can be taken back in between.
    public static async Task<Contact> GetContactAsync([Parent] Membership membership, Statements sql, CancellationToken cancellationToken) =>
        (await ContactType.GetContactsByIdAsync([membership.ContactId], sql, cancellationToken))[0]
            ?? throw new GraphQLException("This portal is no longer open to you.", "NOT_FOUND");
}
