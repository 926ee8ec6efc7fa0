using ClientPortal.Invitations.Contracts;

namespace ClientPortal.Invitations;

/// <summary>Where a contact stands; contacts see their own.</summary>
internal sealed class Invitation
{
    public Guid ContactId { get; private set; }

    public InvitationStatus Status { get; private set; }

    public DateTimeOffset? InvitedAt { get; private set; }

    public DateTimeOffset? OnboardedAt { get; private set; }
}

// Columns of the same table that contacts may not select.
internal sealed class InvitationForStaff
{
    public Guid ContactId { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }
}

// Status and detail with the expiry that the database's clock has brought about; staff only.
internal sealed class Standing
{
    public Guid ContactId { get; private set; }

    public InvitationStatus Status { get; private set; }

    public InvitationDetail? Detail { get; private set; }
}

/// <summary>A change of a contact's invitation.</summary>
internal sealed class InvitationEvent
{
    public long Id { get; private set; }

    public Guid ContactId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public InvitationStatus Status { get; private set; }

    public InvitationDetail? Detail { get; private set; }

    public string? ByName { get; private set; }
}
