using ClientPortal.GraphQL;

namespace ClientPortal.Accounts;

/// <summary>The link is not valid (any more): unknown, used, replaced or expired.</summary>
internal sealed record LinkError(string Message) : UserError(Message, "LINK_INVALID")
{
    public static LinkError Invalid { get; } = new("This link is not valid (any more). Use the link in the newest mail, or ask for a new one.");
}
