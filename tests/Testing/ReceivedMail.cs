namespace ClientPortal.Testing;

/// <summary>A mail as it came over the wire.</summary>
/// <param name="StartedAt">When its sender was named, in milliseconds since 1970.</param>
/// <param name="ReceivedAt">When its last byte came, in milliseconds since 1970.</param>
/// <param name="From">The sender of the envelope.</param>
/// <param name="To">The recipients of the envelope.</param>
/// <param name="Subject">The subject, decoded.</param>
/// <param name="MessageId">The Message-ID with its angle brackets.</param>
/// <param name="Text">The plain part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Mailboxes">Whom its headers name, as "name &lt;address&gt;", decoded: From, then To.</param>
/// <param name="Raw">All of it, a character a byte.</param>
/// <param name="Secure">Whether it came over TLS.</param>
/// <param name="User">Who had signed in; null for nobody.</param>
/// <param name="Fault">How the server misbehaved behind it; null when it took it.</param>
public sealed record ReceivedMail(long StartedAt, long ReceivedAt, string From, IReadOnlyList<string> To, string Subject, string MessageId, string Text, string Html, IReadOnlyList<string> Mailboxes, string Raw, bool Secure, string? User, string? Fault);
