using System.Globalization;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Invitations.Mail;

/// <summary>The sentences of an invitation mail, the same in both of its forms. Names come from people: each is one line, and no mail program shall make a link of it.</summary>
internal sealed class InvitationMailText(string organisation, string contactName, string clientName, string? invitedBy, DateTimeOffset expiresAt, Uri link)
{
    public string Organisation { get; } = Name(organisation);

    public string ContactName { get; } = Name(contactName);

    public string Heading => $"{Name(clientName)}: your client portal";

    public string Invitation => $"{(invitedBy is null ? Organisation : $"{Name(invitedBy)} of {Organisation}")} invites you to the client portal of {Name(clientName)}. There you find the invoices, projects, tickets and dates that are meant for you.";

    public string Expiry => $"The link is yours alone and works once, until {expiresAt.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC.";

    public string NotForYou { get; } = "If you did not expect this mail, you can ignore it.";

    public string Link { get; } = link.AbsoluteUri;

    /// <summary>The text part.</summary>
    public override string ToString() => $"""
        {Heading}

        Hello {ContactName},

        {Invitation}

        Accept the invitation:
        {Link}

        {Expiry}
        {NotForYou}

        {Organisation}

        """;

    private static string Name(string text) => HeaderText.OneLine(text).Replace("://", ": //", StringComparison.Ordinal);
}
