using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

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
    private const string Update = """
        update clients.contact set name = coalesce(@name, name),
          email = case when @sets_email then @email else email end,
          recipient_key = case when @sets_email then @recipient_key else recipient_key end,
          sign_in_key = case when @sets_email then @sign_in_key else sign_in_key end,
          job_title = case when @sets_job_title then @job_title else job_title end
        where id = @id returning id
        """;

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

        var changed = await sources.QueryAsync(session, Update, r => new NodeRef(r.GetGuid(0)), cancellationToken,
            new NpgsqlParameter<Guid>("id", input.Id), new NpgsqlParameter<string?>("name", name), new NpgsqlParameter<bool>("sets_email", input.Email.HasValue),
            new NpgsqlParameter<string?>("email", email?.Text), new NpgsqlParameter<string?>("recipient_key", email?.RecipientKey), new NpgsqlParameter<string?>("sign_in_key", email?.SignInKey),
            new NpgsqlParameter<bool>("sets_job_title", input.JobTitle.HasValue), new NpgsqlParameter<string?>("job_title", jobTitle));
        return changed.Count > 0 ? changed[0] : new NotFoundError();
    }
}
