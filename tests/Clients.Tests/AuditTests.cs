using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using Npgsql;
using static ClientPortal.Clients.Tests.ChangeClientTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class AuditTests(Scene scene)
{
    private const string Events = """
        query ($filter: AuditFilter, $first: Int, $after: String) { auditEvents(filter: $filter, first: $first, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } nodes { id at actor action summary subject { __typename id } } } }
        """;

    [Fact]
    public async Task Every_change_of_a_client_is_told_without_the_notes_text()
    {
        var id = Text(await scene.ChangedAsync("createClient", new { name = "Before Ltd", number = $"A-{Guid.NewGuid():N}", currency = "EUR" }), "id");
        await scene.ChangedAsync("updateClient", new { id, name = "After % Ltd", status = "INACTIVE", @internal = true, currency = "USD", internalNote = "they pay late" });
        await scene.ChangedAsync("updateClient", new { id, name = "After % Ltd" }); // changes nothing

        var events = await OfAsync(id);

        Assert.Equal(["CLIENT_CHANGED", "CLIENT_CREATED"], events.Select(e => Text(e, "action")));
        Assert.Equal("After % Ltd: renamed from Before Ltd, now inactive, now internal, currency USD instead of EUR, another internal note.", Text(events[0], "summary"));
        Assert.All(events, e => Assert.Equal(("Stella Staff", "Client", id), (Text(e, "actor"), Text(e.GetProperty("subject"), "__typename"), Text(e.GetProperty("subject"), "id"))));
    }

    [Fact]
    public async Task Every_change_of_a_contact_and_of_what_they_may_see_is_told_without_an_address()
    {
        var client = await scene.ContactAsync();
        var records = await scene.RecordsAsync(client.ClientId);
        var id = Text(await scene.ChangedAsync("createContact", new { clientId = client.ClientNodeId, name = "Tina Told", email = "tina@example.com" }), "id");
        await scene.ChangedAsync("updateContact", new { id, email = "told@example.com" });
        await scene.ChangedAsync("setContactAccess", new { contactId = id, access = new object[] { new { kind = "TICKET", visibility = "NONE" }, new { kind = "INVOICE", visibility = "ADDRESSED", notify = true } } });
        await scene.ChangedAsync("setRecordAccess", new { contactId = id, recordId = records["project"], exception = "WITHHELD" });
        await scene.ChangedAsync("setRecordAccess", new { contactId = id, recordId = records["project"], exception = (string?)null });

        var events = await OfAsync(id);

        Assert.Equal(
            [
                "RECORD_ACCESS_SET Tina Told: PROJECT Project as the kind is set.",
                "RECORD_ACCESS_SET Tina Told: PROJECT Project withheld.",
                "CONTACT_ACCESS_SET Tina Told: INVOICE ADDRESSED by e-mail, TICKET NONE.",
                "CONTACT_CHANGED Tina Told: another e-mail address.",
                "CONTACT_CREATED Tina Told was added.",
            ],
            events.Select(e => $"{Text(e, "action")} {Text(e, "summary")}"));
        await scene.ChangedAsync("removeContact", new { id });
        Assert.Equal(("CONTACT_REMOVED", JsonValueKind.Null), ((await OfAsync(id)) is [var removed, ..] ? (Text(removed, "action"), removed.GetProperty("subject").ValueKind) : default));
        Assert.Equal(6, (await OfAsync(id)).Count); // what goes with the contact is no change of its own
    }

    [Fact]
    public async Task Who_is_invited_let_in_and_put_out_is_told()
    {
        var contact = await scene.ContactAsync("Ivo Invited");
        foreach (var mutation in new[] { "inviteContact", "revokeInvitation" })
        {
            Assert.Equal(JsonValueKind.Null, (await scene.ChangeAsync(mutation, new { contactId = contact.NodeId }, scene.OtherStaff)).GetProperty("errors").ValueKind);
        }

        var onboarded = await scene.ContactAsync("Olga Onboarded");
        await scene.OnboardAsync(onboarded);
        await scene.ChangeAsync("revokePortalAccess", new { contactId = onboarded.NodeId }, scene.OtherStaff);

        Assert.Equal(["INVITATION_REVOKED Stella Staff", "CONTACT_INVITED Stella Staff"], (await OfAsync(contact.NodeId)).Select(e => $"{Text(e, "action")} {Text(e, "actor")}").Where(e => !e.StartsWith("CONTACT_CREATED", StringComparison.Ordinal)));
        Assert.Equal(["PORTAL_ACCESS_REVOKED Stella Staff", "CONTACT_ONBOARDED Carla Contact"], (await OfAsync(onboarded.NodeId)).Select(e => $"{Text(e, "action")} {Text(e, "actor")}").Where(e => !e.StartsWith("CONTACT_CREATED", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sign_in_is_told_of_the_one_who_signed_in()
    {
        var session = await scene.StaffAsync("AUDIT_VIEW");
        var me = Text((await scene.AskAsync("{ viewer { id } }", session: session)).GetProperty("viewer"), "id");

        var e = Assert.Single(await OfAsync(NodeId.Encode("StaffMember", Scene.IdOf(me)), session), e => !Text(e, "action").StartsWith("STAFF_", StringComparison.Ordinal));

        Assert.Equal(("SIGNED_IN", "Stella Staff", "StaffMember"), (Text(e, "action"), Text(e, "actor"), Text(e.GetProperty("subject"), "__typename")));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_trace()
    {
        var contact = await scene.ContactAsync();
        await scene.OnboardAsync(contact);
        var before = (await OfAsync(contact.ClientNodeId)).Count;

        await scene.ChangeAsync("updateClient", new { id = contact.ClientNodeId, name = "Renamed", @internal = true }, scene.Manager);

        Assert.Equal(before, (await OfAsync(contact.ClientNodeId)).Count);
    }

    [Fact]
    public async Task The_trail_is_filtered_and_paged()
    {
        var id = Text(await scene.ChangedAsync("createClient", new { name = "Name 0", currency = "EUR", number = $"A-{Guid.NewGuid():N}" }), "id");
        for (var i = 1; i <= 4; i++)
        {
            await scene.ChangedAsync("updateClient", new { id, name = $"Name {i}" });
        }

        var first = await PageAsync(new { subjectId = id, action = "CLIENT_CHANGED" }, 3);
        Assert.Equal(4, first.GetProperty("totalCount").GetInt32());
        var second = await PageAsync(new { subjectId = id, action = "CLIENT_CHANGED" }, 3, Text(first.GetProperty("pageInfo"), "endCursor"));
        Assert.Equal(["Name 4", "Name 3", "Name 2", "Name 1"], first.GetProperty("nodes").EnumerateArray().Concat(second.GetProperty("nodes").EnumerateArray()).Select(e => Text(e, "summary").Split(':')[0]));
        var oldest = second.GetProperty("nodes")[0].GetProperty("at").GetDateTimeOffset();
        Assert.Equal(4, (await PageAsync(new { subjectId = id, from = oldest }, 9)).GetProperty("totalCount").GetInt32());
        Assert.Equal(1, (await PageAsync(new { subjectId = id, to = oldest }, 9)).GetProperty("totalCount").GetInt32());
        Assert.Equal(0, (await PageAsync(new { subjectId = id, action = "CLIENT_CHANGED\0" }, 9)).GetProperty("totalCount").GetInt32());
        Assert.Equal(0, (await PageAsync(new { subjectId = "nonsense" }, 9)).GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Only_staff_who_may_view_it_read_the_trail_and_the_database_says_so_too()
    {
        foreach (var (session, code) in new[] { (scene.Manager, "FORBIDDEN"), (await scene.OnboardAsync(await scene.ContactAsync()), "FORBIDDEN"), ((string?)null, "UNAUTHENTICATED") })
        {
            Assert.Equal(code, Text((await scene.Portal.AskAsync(Events, null, session)).GetProperty("errors")[0].GetProperty("extensions"), "code"));
        }

        await using var staff = NpgsqlDataSource.Create(scene.Portal.Database.ConnectionStrings["Staff"]);
        async Task<object?> CountAsync(string session)
        {
            await using var command = staff.CreateCommand("select ctx.ask($1, ''); select count(*) from audit.event".Replace("$1", $"'{SessionSecret.Parse(session)!.Token}'", StringComparison.Ordinal)); // it is one
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            return reader.GetValue(0);
        }

        Assert.Equal(0L, await CountAsync(scene.Manager));
        Assert.NotEqual(0L, await CountAsync(scene.OtherStaff));
    }

    [Theory]
    [InlineData("update audit.event set summary = 'x'")]
    [InlineData("delete from audit.event")]
    [InlineData("truncate audit.event")]
    public async Task Nobody_changes_the_trail_not_even_a_superuser(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => scene.ExecuteAsync(sql));

        Assert.Contains("only ever added to", refused.MessageText, StringComparison.Ordinal);
    }

    private async Task<JsonElement> PageAsync(object filter, int first, string? after = null) =>
        (await scene.AskAsync(Events, new { filter, first, after }, scene.OtherStaff)).GetProperty("auditEvents");

    private async Task<IReadOnlyList<JsonElement>> OfAsync(string subject, string? session = null) =>
        [.. (await scene.AskAsync(Events, new { filter = new { subjectId = subject } }, session ?? scene.OtherStaff)).GetProperty("auditEvents").GetProperty("nodes").EnumerateArray()];
}
