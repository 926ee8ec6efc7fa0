using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.Invitations.Contracts;

namespace ClientPortal.Invitations;

/// <summary>How far a call that invited many is; counted from its rows each time.</summary>
[Table("bulk_invitation", Schema = "invitations")]
internal sealed class BulkInvitation
{
    public Guid Id { get; private set; }

    public int Total { get; private set; }

    public int Queued { get; private set; }

    public int Sent { get; private set; }

    public int Skipped { get; private set; }

    public int Failed { get; private set; }

    public BulkInvitationState State => Queued > 0 ? BulkInvitationState.Running : BulkInvitationState.Done;

    public bool SameAs(BulkInvitation? other) => other is not null && (Total, Queued, Sent, Skipped, Failed) == (other.Total, other.Queued, other.Sent, other.Skipped, other.Failed);
}

internal enum BulkInvitationState
{
    /// <summary>Some mails have yet to leave.</summary>
    Running,

    /// <summary>Every row is sent, skipped or given up.</summary>
    Done,
}

[Table("bulk_invitation_row", Schema = "invitations")]
internal sealed class BulkInvitationRow
{
    public Guid BulkId { get; private set; }

    public int Position { get; private set; }

    public Guid ContactId { get; private set; }

    public InvitationSkipReason? Skipped { get; private set; }

    public InvitationDetail? Detail { get; private set; }

    public DateTimeOffset? RetryAt { get; private set; }
}
