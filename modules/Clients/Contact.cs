using ClientPortal.GraphQL;
using ClientPortal.Invitations.Contracts;

namespace ClientPortal.Clients;

internal sealed class Contact : IHasId
{
    public Guid Id { get; private set; }

    public Guid ClientId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Email { get; private set; }

    public string? JobTitle { get; private set; }
}

// Where each contact stands, as the Invitations module publishes it.
internal sealed class ContactStanding
{
    public Guid ContactId { get; private set; }

    public Guid ClientId { get; private set; }

    public InvitationStatus Status { get; private set; }

    public InvitationDetail? Detail { get; private set; }
}
