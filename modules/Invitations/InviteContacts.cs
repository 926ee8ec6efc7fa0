using System.Security.Cryptography;
using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Invitations;

/// <summary>Either the contacts named, or everyone who is not yet invited (`all`), of the clients named or of every client.</summary>
internal sealed record InviteContactsInput(
    string IdempotencyKey, [property: ID("Contact")] IReadOnlyList<Guid>? ContactIds = null, bool? All = false, [property: ID("Client")] IReadOnlyList<Guid>? ClientIds = null, int? ExpiresInDays = 7);

[MutationType]
internal static class InviteContacts
{
    internal const int Limit = 50_000;

    /// <summary>
    /// Invites up to 50,000 contacts at once; each row tells what became of it. Of rows that reach the same mailbox the first is
    /// invited. A mail limit skips nobody: that mail waits for its turn. Repeated with the same key, the call answers with what the first one began.
    /// </summary>
    [Staff(Permission.ClientsInvite)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [Error<ConflictError>]
    [NodeType("BulkInvitation")]
    [PayloadField("bulkInvitation")]
    public static async Task<FieldResult<NodeRef>> InviteContactsAsync(InviteContactsInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        if (Refuse(input) is { } refused)
        {
            return refused;
        }

        Guid[]? contacts = input.ContactIds is null ? null : [.. input.ContactIds.Distinct()];
        Guid[]? clients = input.ClientIds is null ? null : [.. input.ClientIds.Distinct()];
        var (outcome, bulkId) = (await sources.QueryAsync(
            session,
            $"select outcome, bulk_id from invitations.invite_many({Guid.CreateVersion7()}, {input.IdempotencyKey}, {HashOf(contacts, clients, Days(input))}, {contacts}, {clients}, {TimeSpan.FromDays(Days(input))}, {Limit})",
            r => (r.GetString(0), r.IsDBNull(1) ? Guid.Empty : r.GetGuid(1)), cancellationToken))[0];
        return outcome switch
        {
            "OK" => new NodeRef(bulkId),
            "FORBIDDEN" => ForbiddenError.NotAllowed,
            "NOT_FOUND" => new NotFoundError(),
            "TOO_MANY" => new ValidationError("These are more than 50,000 contacts. Name some of the clients at a time.", "input.clientIds"),
            "CONFLICT" => new ConflictError("This idempotencyKey stands for another call of yours. Take a new one for a new call.", "IDEMPOTENCY_KEY_USED"),
            _ => throw new InvalidOperationException($"invitations.invite_many answered {outcome}."),
        };
    }

    private static int Days(InviteContactsInput input) => input.ExpiresInDays ?? 7;

    private static ValidationError? Refuse(InviteContactsInput input) => input switch
    {
        { All: true, ContactIds: not null } or { All: not true, ContactIds: null } => new("Give either contactIds or all.", "input.contactIds"),
        { ContactIds: { Count: 0 or > Limit } } => new("Name 1 to 50,000 contacts.", "input.contactIds"),
        { ContactIds: not null, ClientIds: not null } or { ClientIds.Count: 0 } => new("clientIds narrows `all`: name clients there, or leave it out.", "input.clientIds"),
        { ExpiresInDays: < 1 or > 30 } => new("An invitation lives for 1 to 30 days.", "input.expiresInDays"),
        _ when string.IsNullOrWhiteSpace(input.IdempotencyKey) || input.IdempotencyKey.Length > 200 || input.IdempotencyKey.Any(char.IsControl) =>
            new("A key has 1 to 200 characters, e.g. a UUID made for this call.", "input.idempotencyKey"),
        _ => null,
    };

    // The order of the ids counts: it says which of two rows with one mailbox is invited.
    private static byte[] HashOf(Guid[]? contacts, Guid[]? clients, int days) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { contacts, clients, days }));
}
