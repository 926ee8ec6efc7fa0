using System.Globalization;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Accounts.Mail;

/// <summary>The sentences of a mail about somebody's sign-in, the same in both of its forms. Names come from people: each is one line, and no mail program shall make a link of it.</summary>
internal sealed record AccountMailText(string Organisation, string Name, string Heading, string Message, string Footer, string? Action = null, string? Link = null)
{
    public static AccountMailText PasswordReset(string organisation, string name, DateTimeOffset expiresAt, Uri link) => new(
        Plain(organisation), Plain(name), "Choose a new password",
        $"Somebody, probably you, asked for a new password for your sign-in at {Plain(organisation)}.",
        $"The link works once, until {Until(expiresAt)}. Your other sessions end when you use it. If you did not ask for it, you can ignore this mail: nothing has changed.",
        "Choose a new password", link.AbsoluteUri);

    public static AccountMailText StaffInvitation(string organisation, string name, DateTimeOffset expiresAt, Uri link) => new(
        Plain(organisation), Plain(name), $"Your sign-in at {Plain(organisation)}",
        $"You have been made a member of staff at {Plain(organisation)}. Choose a password to begin.",
        $"The link is yours alone and works once, until {Until(expiresAt)}. If you did not expect this mail, you can ignore it.",
        "Choose a password", link.AbsoluteUri);

    public static AccountMailText EmailChange(string organisation, string name, DateTimeOffset expiresAt, Uri link) => new(
        Plain(organisation), Plain(name), "Confirm your new address",
        $"You asked to sign in at {Plain(organisation)} with this address from now on. Confirm that it is yours.",
        $"The link works once, until {Until(expiresAt)}. If you did not ask for it, you can ignore this mail: nothing has changed.",
        "Confirm the address", link.AbsoluteUri);

    public static AccountMailText EmailChanged(string organisation, string name) => new(
        Plain(organisation), Plain(name), "Your address was changed",
        $"You sign in at {Plain(organisation)} with another address from now on. This one is no longer used.",
        $"If it was not you who changed it, tell {Plain(organisation)} at once.");

    public static AccountMailText PasswordChanged(string organisation, string name) => new(
        Plain(organisation), Plain(name), "Your password was changed",
        $"The password of your sign-in at {Plain(organisation)} was changed, and your other sessions were ended.",
        $"If it was not you who changed it, ask for a new password on the sign-in page, and tell {Plain(organisation)} at once.");

    /// <summary>The text part.</summary>
    public override string ToString() => $"""
        {Heading}

        Hello {Name},

        {Message}
        {(Link is null ? "" : $"\n{Action}:\n{Link}\n")}
        {Footer}

        {Organisation}

        """;

    private static string Until(DateTimeOffset time) => $"{time.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC";

    private static string Plain(string text) => HeaderText.OneLine(text).Replace("://", ": //", StringComparison.Ordinal);
}
