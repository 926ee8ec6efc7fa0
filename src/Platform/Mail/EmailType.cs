using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Platform.Mail;

[ObjectType<Email>]
[Node]
internal static class EmailType
{
    [ID]
    public static Guid GetId([Parent] Email email) => email.Id;

    [GraphQLType("EmailAddress")]
    public static string GetRecipient([Parent] Email email) => email.Recipient;

    public static string GetSubject([Parent] Email email) => email.Subject;

    public static EmailState GetState([Parent] Email email) => email.State;

    /// <summary>How often it was tried.</summary>
    public static int GetAttempts([Parent] Email email) => email.Attempts;

    /// <summary>What the mail server or the network said last.</summary>
    public static string? GetLastError([Parent] Email email) => email.LastError;

    /// <summary>When it may leave; null once it no longer waits.</summary>
    public static DateTimeOffset? GetNotBefore([Parent] Email email) => email.NotBefore;

    public static DateTimeOffset? GetSentAt([Parent] Email email) => email.SentAt;

    [NodeResolver]
    public static async Task<IReadOnlyList<Email?>> GetEmailsByIdAsync(IReadOnlyList<Guid> ids, DbSession session, Statements sql, CancellationToken cancellationToken)
    {
        if (!session.IsStaff)
        {
            return new Email?[ids.Count]; // contacts' role has no right to the outbox at all
        }

        return await sql.ByIdAsync<Email>(ids, e => e.Id, cancellationToken);
    }
}

internal sealed record EmailFilter(EmailState? State = null, [property: GraphQLType("EmailAddress")] string? Recipient = null);

[QueryType]
internal static class EmailQueries
{
    private static readonly Keyset<Email> Newest = new Keyset<Email>().Descending(e => e.CreatedAt).Descending(e => e.Id);

    /// <summary>Every e-mail that the system sent, is to send, or gave up on, newest first. `recipient` finds all spellings that reach the same mailbox.</summary>
    [Staff(Permission.ClientsInvite)]
    public static Task<Connection<Email>> GetEmailsAsync(PagingArguments paging, EmailFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        sql.PageAsync(Newest, Matching(filter ?? new EmailFilter()), paging, cancellationToken);

    private static Conditions Matching(EmailFilter filter)
    {
        var where = new Conditions();
        if (filter.State is { } state)
        {
            where.Add($"state = {state}");
        }

        if (filter.Recipient is { } recipient)
        {
            var key = EmailAddress.TryParse(recipient, out var address) ? address.RecipientKey : "";
            where.Add($"recipient_key = {key}");
        }

        return where;
    }
}
