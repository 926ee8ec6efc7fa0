using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

internal enum RecordException
{
    Granted,
    Withheld,
}

internal sealed record SetRecordAccessInput([property: ID("Contact")] Guid ContactId, NodeId RecordId, RecordException? Exception = null);

[MutationType]
internal static class SetRecordAccess
{
    /// <summary>Grants or withholds one record for one contact, whatever the contact's setting for its kind; null removes the exception. What is not published stays hidden even when granted.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> SetRecordAccessAsync(SetRecordAccessInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        // The record is one of the contact's client, of whatever kind: ctx.record knows all kinds.
        var found = await sources.QueryAsync(
            session,
            $"""
            with target as (
              select c.client_id, c.id as contact_id, r.kind, r.id as record_id
              from clients.contact c join ctx.record({input.RecordId.TypeName}, {input.RecordId.Value}) r on r.client_id = c.client_id where c.id = {input.ContactId} for key share of c),
            removed as (
              delete from clients.record_exception e using target t
              where {input.Exception}::text is null and e.contact_id = t.contact_id and e.kind = t.kind and e.record_id = t.record_id),
            written as (
              insert into clients.record_exception (client_id, contact_id, kind, record_id, exception)
              select t.client_id, t.contact_id, t.kind, t.record_id, {input.Exception}::text from target t where {input.Exception}::text is not null
              on conflict (contact_id, kind, record_id) do update set exception = excluded.exception)
            select contact_id from target
            """,
            r => new NodeRef(r.GetGuid(0)), cancellationToken);
        return found.Count > 0 ? found[0] : new NotFoundError();
    }
}
