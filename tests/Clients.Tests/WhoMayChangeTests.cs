using System.Text.Json;
using ClientPortal.Platform.Asking;
using Npgsql;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class WhoMayChangeTests(Scene scene)
{
    public static TheoryData<string> Mutations => ["createClient", "updateClient", "createContact", "updateContact", "removeContact", "setContactAccess", "setRecordAccess"];

    public static TheoryData<string> MutationsById => ["updateClient", "createContact", "updateContact", "removeContact", "setContactAccess", "setRecordAccess"];

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Staff_without_the_permission_are_refused(string mutation) => await AssertRefusedAsync(mutation, scene.OtherStaff, "FORBIDDEN");

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Nobody_is_refused(string mutation) => await AssertRefusedAsync(mutation, session: null, "UNAUTHENTICATED");

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_contact_is_refused_even_about_themselves(string mutation)
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);

        Assert.Equal("FORBIDDEN", Scene.CodeOf(await scene.ChangeAsync(mutation, Input(mutation, contact.ClientNodeId, contact.NodeId, records["invoice"]), await scene.OnboardAsync(contact))));
    }

    [Theory]
    [MemberData(nameof(MutationsById))]
    public async Task An_unknown_id_is_not_found(string mutation)
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);

        foreach (var id in new[] { GraphQL.NodeId.Encode("Contact", Guid.CreateVersion7()), GraphQL.NodeId.Encode("Client", Guid.CreateVersion7()), records["invoice"], GraphQL.NodeId.Encode("Con\0tact", contact.Id), "nonsense" })
        {
            Assert.Equal("NOT_FOUND", Scene.CodeOf(await scene.ChangeAsync(mutation, Input(mutation, id, id, records["invoice"]), scene.Manager)));
        }
    }

    [Theory] // beneath the API: the role is right, the session is a colleague's who may not
    [InlineData("insert into clients.client (id, number, name, currency) values (gen_random_uuid(), gen_random_uuid()::text, 'x', 'EUR')")]
    [InlineData("insert into clients.contact (id, client_id, name) values (gen_random_uuid(), $1, 'x')")]
    [InlineData("insert into clients.visibility (client_id, contact_id, kind, level) values ($1, $2, 'PROJECT', 'NONE')")]
    [InlineData("insert into clients.record_exception values ($1, $2, 'INVOICE', gen_random_uuid(), 'GRANTED')")]
    [InlineData("update clients.client set name = 'x' where id = $1")]
    [InlineData("update clients.contact set name = 'x' where id = $2")]
    [InlineData("update clients.visibility set level = 'NONE' where contact_id = $2")]
    [InlineData("update clients.record_exception set exception = 'GRANTED' where contact_id = $2")]
    [InlineData("delete from clients.record_exception where contact_id = $2")]
    [InlineData("delete from clients.contact where id = $2")]
    public async Task The_database_refuses_staff_without_the_permission_by_itself(string sql)
    {
        var contact = await scene.ContactAsync();
        await scene.ExecuteAsync("insert into clients.visibility values ($1, $2, 'INVOICE', 'ALL')", contact.ClientId, contact.Id);
        await scene.ExecuteAsync("insert into clients.record_exception values ($1, $2, 'INVOICE', gen_random_uuid(), 'WITHHELD')", contact.ClientId, contact.Id);

        Assert.Equal(0, await RunAsStaffAsync(scene.OtherStaff, sql, contact));
        Assert.Equal(1, await RunAsStaffAsync(scene.Manager, sql, contact)); // the statement itself is sound
    }

    private async Task<int> RunAsStaffAsync(string session, string sql, TestContact contact)
    {
        await using var staff = NpgsqlDataSource.Create(scene.Portal.Database.ConnectionStrings["Staff"]);
        await using var connection = await staff.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var context = new NpgsqlCommand("select ctx.ask($1, '')", connection) { Parameters = { new() { Value = SessionSecret.Parse(session)!.Token } } }) // it is one
        {
            await context.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var id in new[] { contact.ClientId, contact.Id })
        {
            if (sql.Contains('$', StringComparison.Ordinal))
            {
                command.Parameters.Add(new NpgsqlParameter { Value = id });
            }
        }

        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException refused) when (refused is { SqlState: PostgresErrorCodes.InsufficientPrivilege } && refused.MessageText.Contains("row-level security", StringComparison.Ordinal))
        {
            return 0;
        }
    }

    private async Task AssertRefusedAsync(string mutation, string? session, string code)
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        var before = await StateAsync(contact);

        var payload = await scene.ChangeAsync(mutation, Input(mutation, contact.ClientNodeId, contact.NodeId, records["invoice"]), session);

        Assert.Equal(code, Scene.CodeOf(payload));
        Assert.Equal(JsonValueKind.Null, payload.EnumerateObject().First().Value.ValueKind);
        Assert.Equal(before, await StateAsync(contact));
    }

    private Task<string> StateAsync(TestContact contact) => scene.ScalarAsync<string>("""
        select (select string_agg(x::text, ';') from clients.client x where x.id = $1) || (select string_agg(x::text, ';') from clients.contact x where x.client_id = $1)
          || (select count(*) from clients.visibility x where x.client_id = $1) || ' ' || (select count(*) from clients.record_exception x where x.client_id = $1)
        """, contact.ClientId);

    private static object Input(string mutation, string client, string contact, string record) => mutation switch
    {
        "createClient" => new { name = "New Ltd", currency = "EUR" },
        "updateClient" => new { id = client, name = "Renamed Ltd" },
        "createContact" => new { clientId = client, name = "New Contact" },
        "updateContact" => new { id = contact, name = "Renamed" },
        "removeContact" => new { id = contact },
        "setContactAccess" => new { contactId = contact, access = new[] { new { kind = "INVOICE", visibility = "NONE" } } },
        _ => new { contactId = contact, recordId = record, exception = "WITHHELD" },
    };
}
