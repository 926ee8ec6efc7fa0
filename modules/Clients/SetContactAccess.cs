using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

/// <param name="Kind">Which records.</param>
/// <param name="Visibility">Which of them the contact sees.</param>
/// <param name="Notify">Whether new ones are announced to the contact by e-mail; as before when left out.</param>
internal sealed record KindAccessInput(RecordKind Kind, VisibilityLevel Visibility, bool? Notify = null)
{
    // As rows of a statement.
    public static FormattableString Rows(IReadOnlyList<KindAccessInput> access) =>
        $"unnest({access.Select(a => Stored.Text(a.Kind)).ToArray()}, {access.Select(a => Stored.Text(a.Visibility)).ToArray()}, {access.Select(a => a.Notify).ToArray()}) s (kind, level, notify)";
}

/// <param name="ContactId">Whose access.</param>
/// <param name="Access">The kinds to set; the others stay as they are.</param>
/// <param name="Preset">Sets what is seen of every kind first; `access` then has the last word. Who is mailed stays as it is.</param>
internal sealed record SetContactAccessInput([property: ID("Contact")] Guid ContactId, IReadOnlyList<KindAccessInput> Access, AccessPresetName? Preset = null);

[MutationType]
internal static class SetContactAccess
{
    /// <summary>Sets what a contact sees of the kinds given, and whether they are mailed about them. It holds from their next request on.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<NotFoundError>]
    [Error<ValidationError>]
    [NodeType("Contact")]
    [PayloadField("contact")]
    public static async Task<FieldResult<NodeRef>> SetContactAccessAsync(SetContactAccessInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rules = new InputRules();
        var access = rules.Access(input.Access);
        if (rules.Violations.Count > 0)
        {
            return new(rules.Violations);
        }

        if (input.Preset is { } preset)
        {
            var given = access.Select(a => a.Kind).ToHashSet();
            access = [.. access, .. AccessPreset.Of(preset).Access.Where(a => !given.Contains(a.Kind)).Select(a => new KindAccessInput(a.Kind, a.Visibility))];
        }

        var told = access.Where(a => a.Notify is not null).Select(a => Stored.Text(a.Kind)).ToArray();
        // In the kinds' order: of two who set the same contact's at once, neither holds a row that the other needs for its next.
        var found = await sources.QueryAsync(
            session,
            $"""
            with target as (select c.client_id, c.id from clients.contact c where c.id = {input.ContactId} for key share),
            written as (
              insert into clients.visibility as v (client_id, contact_id, kind, level, notify)
              select t.client_id, t.id, s.kind, s.level, coalesce(s.notify, false)
              from target t cross join {KindAccessInput.Rows(access)}
              order by s.kind
              on conflict (contact_id, kind) do update set level = excluded.level, notify = case when v.kind = any({told}) then excluded.notify else v.notify end)
            select id from target
            """,
            r => new NodeRef(r.GetGuid(0)), cancellationToken);
        return found.Count > 0 ? found[0] : new NotFoundError();
    }
}
