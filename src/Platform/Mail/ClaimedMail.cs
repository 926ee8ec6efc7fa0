namespace ClientPortal.Platform.Mail;

/// <summary>A mail that this host has claimed: for the length of its lease, nobody else sends it.</summary>
/// <param name="AttemptId">The attempt, by which the worker may read what the mail says.</param>
/// <param name="OutboxId">The mail; its Message-ID is made of it, so a retry carries the same.</param>
/// <param name="Kind">Which mail: chooses the renderer.</param>
/// <param name="Reference">What it is about, e.g. the invitation.</param>
/// <param name="ToAddress">The one recipient, byte for byte as stored.</param>
/// <param name="ToName">How the recipient is called; may hold anything.</param>
/// <param name="Subject">The subject; may hold anything.</param>
/// <param name="Lease">How long it may be sent from here.</param>
public sealed record ClaimedMail(long AttemptId, Guid OutboxId, string Kind, Guid Reference, string ToAddress, string ToName, string Subject, MailLease Lease);
