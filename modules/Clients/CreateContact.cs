using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

internal sealed record CreateContactInput(
    [property: ID("Client")] Guid ClientId,
    string Name,
    [property: GraphQLType("EmailAddress")] string? Email = null,
    string? JobTitle = null,
    IReadOnlyList<KindAccessInput>? Access = null);

[MutationType]
internal static class CreateContact
{
    /// <summary>Adds a contact, who gets no portal access by it. Kinds that `access` does not name are visible in full once the contact is onboarded, and not mailed.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> CreateContactAsync(CreateContactInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rules = new InputRules();
        var name = rules.Name(input.Name);
        var email = input.Email is { } text ? rules.Email(text) : null;
        var jobTitle = input.JobTitle is { } title ? rules.JobTitle(title) : null;
        var access = rules.Access(input.Access ?? []);
        if (rules.Violations.Count > 0)
        {
            return new(rules.Violations);
        }

        var added = await sources.QueryAsync(
            session,
            $"""
            with added as (
              insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key, job_title)
              select {Guid.CreateVersion7()}, k.id, {name}, {email?.Text}, {email?.RecipientKey}, {email?.SignInKey}, {jobTitle} from clients.client k where k.id = {input.ClientId}
              returning client_id, id),
            access as (
              insert into clients.visibility (client_id, contact_id, kind, level, notify)
              select a.client_id, a.id, s.kind, s.level, coalesce(s.notify, false) from added a cross join {KindAccessInput.Rows(access)})
            select id from added
            """,
            r => new NodeRef(r.GetGuid(0)), cancellationToken);
        return added.Count > 0 ? added[0] : new NotFoundError("There is no such client. Check the id, or look it up again.");
    }
}
