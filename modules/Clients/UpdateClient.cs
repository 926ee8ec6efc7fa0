using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

namespace ClientPortal.Clients;

/// <summary>What is left out stays as it is; a null takes the internal note away.</summary>
internal sealed record UpdateClientInput(
    [property: ID("Client")] Guid Id,
    string? Name = null,
    [property: GraphQLType("CurrencyCode")] string? Currency = null,
    ClientStatus? Status = null,
    bool? Internal = null,
    Optional<string?> InternalNote = default);

/// <summary>The client cannot become internal while contacts of it have portal access or a pending invitation. Revoke these first.</summary>
/// <param name="Contacts">Contacts that have access or a pending invitation.</param>
internal sealed record InternalClientError([property: NodeType("Contact")] IReadOnlyList<NodeRef> Contacts)
    : UserError("Contacts of this client have portal access or a pending invitation. Revoke these first.", "INTERNAL_CLIENT");

[MutationType]
internal static class UpdateClient
{
    /// <summary>
    /// Changes a client. INACTIVE suspends the portal of all its contacts at once; what they may see stays set for the day it is
    /// ACTIVE again. Becoming internal ends invitations past their time and is refused while one is pending or anybody has access.
    /// </summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [Error<InternalClientError>]
    [NodeType("Client")]
    [PayloadField("client")]
    public static async Task<FieldResult<NodeRef>> UpdateClientAsync(UpdateClientInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rules = new InputRules();
        var name = input.Name is { } newName ? rules.Name(newName) : null;
        var currency = input.Currency is { } code ? rules.Currency(code) : null;
        var note = input.InternalNote.Value is { } text ? rules.InternalNote(text) : null;
        if (rules.Violations.Count > 0)
        {
            return new(rules.Violations);
        }

        try
        {
            var changed = await sources.QueryAsync(
                session,
                $"""
                update clients.client set name = coalesce({name}, name), currency = coalesce({currency}, currency), status = coalesce({input.Status}, status),
                  internal = coalesce({input.Internal}, internal), internal_note = case when {input.InternalNote.HasValue} then {note} else internal_note end
                where id = {input.Id} returning id
                """,
                r => new NodeRef(r.GetGuid(0)), cancellationToken);
            return changed.Count > 0 ? changed[0] : new NotFoundError();
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: "invitation_not_at_internal_client" })
        {
            return new InternalClientError(await sources.QueryAsync(
                session,
                $"""
                select s.contact_id from invitations.standing s
                where s.client_id = {input.Id} and (s.status = 'ONBOARDED' or s.status = 'INVITED' and s.detail is distinct from 'EXPIRED') order by s.contact_id
                """,
                r => new NodeRef(r.GetGuid(0)), cancellationToken));
        }
    }
}
