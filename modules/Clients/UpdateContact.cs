using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

/// <summary>What is left out stays as it is; a null takes the address or the job title away.</summary>
internal sealed record UpdateContactInput(
    [property: ID("Contact")] Guid Id,
    string? Name = null,
    [property: GraphQLType("EmailAddress")] Optional<string?> Email = default,
    Optional<string?> JobTitle = default);

[MutationType]
internal static class UpdateContact
{
    /// <summary>
    /// Changes a contact. Another address ends a pending invitation (its link went to the old one). The access of a contact who is
    /// onboarded stays: it belongs to the sign-in that accepted, not to the address; revokePortalAccess ends it.
    /// </summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> UpdateContactAsync(UpdateContactInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rules = new InputRules();
        var name = input.Name is { } newName ? rules.Name(newName) : null;
        var email = input.Email.Value is { } text ? rules.Email(text) : null;
        var jobTitle = input.JobTitle.Value is { } title ? rules.JobTitle(title) : null;
        if (rules.Violations.Count > 0)
        {
            return new(rules.Violations);
        }

        var changed = await sources.QueryAsync(
            session,
            $"""
            update clients.contact set name = coalesce({name}, name),
              email = case when {input.Email.HasValue} then {email?.Text} else email end,
              recipient_key = case when {input.Email.HasValue} then {email?.RecipientKey} else recipient_key end,
              sign_in_key = case when {input.Email.HasValue} then {email?.SignInKey} else sign_in_key end,
              job_title = case when {input.JobTitle.HasValue} then {jobTitle} else job_title end
            where id = {input.Id} returning id
            """,
            r => new NodeRef(r.GetGuid(0)), cancellationToken);
        return changed.Count > 0 ? changed[0] : new NotFoundError();
    }
}
