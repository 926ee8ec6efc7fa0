using System.Text.Json;
using ClientPortal.Platform.Asking;
using Npgsql;
using static ClientPortal.Clients.Tests.ChangeClientTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class PortalPreviewTests(Scene scene)
{
    private const string View = """
        client { id number name internalNote contacts { totalCount nodes { id } } } contact { id name access { kind visibility } }
        dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects nextEvents { id } }
        invoices { totalCount nodes { id number internalNote payments { id } addressees { id } } } tickets { totalCount nodes { id cost { amount } } }
        projects { totalCount nodes { id internalNote budget { amount } } } events { totalCount nodes { id shared } }
        """;

    private const string Preview = $$"""query ($client: ID!, $contact: ID!) { node(id: $client) { ... on Client { portalAs(contactId: $contact) { {{View}} } } } }""";

    [Fact]
    public async Task SES_08_staff_see_exactly_what_the_contact_sees()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        await scene.ContactAsync("A Colleague", ofClient: contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        await scene.ExecuteAsync("update clients.client set internal_note = 'secret' where id = $1", contact.ClientId);
        await scene.AddressAsync(contact, "INVOICE", records["invoice"]);
        await scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, access = new[] { new { kind = "INVOICE", visibility = "ADDRESSED" }, new { kind = "EVENT", visibility = "NONE" } } });

        var own = (await scene.AskAsync($$"""{ portal { {{View}} } }""", session: session)).GetProperty("portal");
        var preview = await PreviewAsync(contact, contact.NodeId, scene.OtherStaff);

        Assert.Equal(own.GetRawText(), preview.GetRawText());
        Assert.Equal(1, preview.GetProperty("invoices").GetProperty("totalCount").GetInt32());
        Assert.DoesNotContain("secret", preview.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SES_08_each_preview_is_in_the_audit_trail()
    {
        var contact = await scene.ContactAsync("Petra Previewed");

        await PreviewAsync(contact, contact.NodeId, scene.OtherStaff);

        var e = Assert.Single((await scene.AskAsync("query ($id: ID!) { auditEvents(filter: { subjectId: $id, action: \"PORTAL_PREVIEWED\" }) { nodes { actor summary subject { id } } } }", new { id = contact.NodeId }, scene.OtherStaff))
            .GetProperty("auditEvents").GetProperty("nodes").EnumerateArray());
        Assert.Equal(("Stella Staff", "The portal was opened as Petra Previewed sees it.", contact.NodeId), (Text(e, "actor"), Text(e, "summary"), Text(e.GetProperty("subject"), "id")));
    }

    [Fact]
    public async Task A_contact_of_another_client_has_no_portal_here_and_neither_has_anybody_of_an_inactive_client()
    {
        var contact = await scene.ContactAsync();
        var other = await scene.ContactAsync();

        Assert.Equal(JsonValueKind.Null, (await PreviewAsync(contact, other.NodeId, scene.OtherStaff)).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await PreviewAsync(contact, "nonsense", scene.OtherStaff)).ValueKind);
        await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, status = "INACTIVE" });
        Assert.Equal(JsonValueKind.Null, (await PreviewAsync(contact, contact.NodeId, scene.OtherStaff)).ValueKind);
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from audit.event where action = 'PORTAL_PREVIEWED' and subject_id in ($1, $2)", contact.Id, other.Id));
    }

    [Fact]
    public async Task Nobody_previews_without_the_permission_not_even_the_contact()
    {
        var contact = await scene.ContactAsync();

        foreach (var session in new[] { scene.Manager, await scene.OnboardAsync(contact) })
        {
            var answer = await scene.Portal.AskAsync(Preview, new { client = contact.ClientNodeId, contact = contact.NodeId }, session);
            Assert.Equal("FORBIDDEN", Text(answer.GetProperty("errors")[0].GetProperty("extensions"), "code"));
        }
    }

    [Fact] // beneath the API: a staff token in the contacts' role reads as the contact named, and writes nothing
    public async Task SES_08_a_preview_writes_nothing_and_needs_the_permission_in_the_database_too()
    {
        var contact = await scene.ContactAsync();
        await using var contacts = NpgsqlDataSource.Create(scene.Portal.Database.ConnectionStrings["Contact"]);
        async Task<object?> RunAsync(string session, string sql)
        {
            await using var connection = await contacts.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var context = new NpgsqlCommand("select ctx.ask($1, $2)", connection)
            {
                Parameters = { new() { Value = SessionSecret.Parse(session)!.Token }, new() { Value = contact.Id.ToString() } }, // it is one
            };
            await context.ExecuteNonQueryAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync();
        }

        Assert.Equal(1L, await RunAsync(scene.OtherStaff, "select count(*) from clients.contact"));
        Assert.Equal(0L, await RunAsync(scene.Manager, "select count(*) from clients.contact"));
        foreach (var sql in new[] { "update clients.contact set name = 'x'", "delete from clients.record_exception", "insert into clients.visibility values (null)", "select clients.open_preview(null, null)", "select ctx.explain_access('{}', 'Invoice', null)", "select count(*) from audit.event" })
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(scene.OtherStaff, sql))).SqlState);
        }
    }

    [Fact]
    public async Task SES_07_a_preview_ends_with_its_member_of_staff()
    {
        var contact = await scene.ContactAsync();
        var session = await scene.StaffAsync("PORTAL_PREVIEW");
        Assert.NotEqual(JsonValueKind.Null, (await PreviewAsync(contact, contact.NodeId, session)).ValueKind);
        var id = GraphQL.NodeId.Encode("StaffMember", await scene.ScalarAsync<Guid>("select person_id from accounts.session where token_hash = sha256(convert_to($1, 'UTF8'))", SessionSecret.Parse(session)!.Token)); // it is one

        Assert.Equal("null", (await scene.AskAsync("mutation ($id: ID!) { deactivateStaffMember(input: { id: $id }) { errors { __typename } } }", new { id }, scene.OtherStaff)).GetProperty("deactivateStaffMember").GetProperty("errors").GetRawText());

        var answer = await scene.Portal.AskAsync(Preview, new { client = contact.ClientNodeId, contact = contact.NodeId }, session);
        Assert.Equal("UNAUTHENTICATED", Text(answer.GetProperty("errors")[0].GetProperty("extensions"), "code"));
    }

    private async Task<JsonElement> PreviewAsync(TestContact client, string contact, string session) =>
        (await scene.AskAsync(Preview, new { client = client.ClientNodeId, contact }, session)).GetProperty("node").GetProperty("portalAs");
}
