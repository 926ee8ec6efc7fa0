using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Invitations.Contracts;

namespace ClientPortal.Invitations;

/// <summary>A change of a contact's invitation.</summary>
[Table("event", Schema = "invitations")]
internal sealed class InvitationEvent
{
    public long Id { get; private set; }

    public Guid ContactId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public InvitationStatus Status { get; private set; }

    public InvitationDetail? Detail { get; private set; }

    public string? ByName { get; private set; }
}
