using ClientPortal.GraphQL;

namespace ClientPortal.Invitations;

internal enum InvitationSkipReason
{
    AlreadyInvited,
    AlreadyOnboarded,
    NoEmail,
    InternalClient,
    InactiveClient,
    DuplicateAddress,
    Cooldown,
    DailyLimit,
}

/// <summary>The recipient's mail limit holds the mail back.</summary>
/// <param name="Message">What to do.</param>
/// <param name="RetryAt">From when on it may leave.</param>
/// <param name="Limit">COOLDOWN (one a minute) or DAILY_LIMIT (five in 24 hours).</param>
internal sealed record ThrottledError(string Message, DateTimeOffset RetryAt, string Limit) : UserError(Message, "THROTTLED");

/// <summary>This contact cannot be invited as things are.</summary>
internal sealed record InvitationNotAllowedError(string Message, InvitationSkipReason Reason) : UserError(Message, "INVITATION_NOT_ALLOWED");

/// <summary>The link does not open the portal (any more).</summary>
/// <param name="Message">What to do.</param>
/// <param name="State">EXPIRED: a new one can be asked for. INVALID: unknown, used, replaced or taken back.</param>
internal sealed record InvitationLinkError(string Message, InvitationPageState State) : UserError(Message, "INVITATION_LINK")
{
    public static InvitationLinkError Invalid { get; } = new("This link is not valid (any more). Use the link of the newest invitation, or ask who invited you for a new one.", InvitationPageState.Invalid);

    public static InvitationLinkError Expired { get; } = new("This link has expired. Ask for a new one.", InvitationPageState.Expired);
}
