using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Errors;
using Npgsql;

namespace ClientPortal.Clients;

internal sealed record CreateClientInput(string Name, [property: GraphQLType("CurrencyCode")] string Currency, string? Number = null, bool? Internal = false, string? InternalNote = null);

[MutationType]
internal static class CreateClient
{
    private const string NumberedByUs = "^C-([0-9]{1,15})$";

    /// <summary>Adds a client. Without a number it gets the next one: one more than the highest of the form C-00001.</summary>
    [Staff(Permission.ClientsManage)]
    [Error<ValidationError>]
    [Error<ConflictError>]
    [NodeType("Client")]
    [PayloadField("client")]
    public static async Task<FieldResult<NodeRef>> CreateClientAsync(CreateClientInput input, DbSession session, DataSources sources, CancellationToken cancellationToken)
    {
        var rules = new InputRules();
        var name = rules.Name(input.Name);
        var number = input.Number is { } given ? rules.Number(given) : null;
        var currency = rules.Currency(input.Currency);
        var note = input.InternalNote is { } text ? rules.InternalNote(text) : null;
        if (rules.Violations.Count > 0)
        {
            return new(rules.Violations);
        }

        while (true)
        {
            try
            {
                return (await sources.QueryAsync(
                    session,
                    $"""
                    insert into clients.client (id, number, name, internal, currency, internal_note)
                    select {Guid.CreateVersion7()}, coalesce({number}, 'C-' || lpad(next.number, greatest(5, length(next.number)), '0')), {name}, {input.Internal ?? false}, {currency}, {note}
                    from (select (coalesce((
                      select substring(k.number from {NumberedByUs})::bigint as highest from clients.client k order by highest desc nulls last limit 1), 0) + 1)::text) next (number)
                    returning id
                    """,
                    r => new NodeRef(r.GetGuid(0)), cancellationToken))[0];
            }
            catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "client_number" })
            {
                if (number is not null)
                {
                    return new ConflictError($"The number {number} is taken. Choose another, or leave it out to get the next one.");
                }

                // Somebody else took the next number at this instant; each turn somebody gets one, so this ends.
            }
        }
    }
}
