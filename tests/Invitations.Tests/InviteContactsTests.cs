using System.Text.Json;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class InviteContactsTests(Scene scene)
{
    [Fact]
    public async Task Every_row_tells_whether_its_mail_left_or_why_not()
    {
        var fine = await scene.ContactAsync();
        var invited = await scene.ContactAsync();
        await scene.InviteAsync(invited);
        var onboarded = await scene.ContactAsync();
        await scene.OnboardAsync(onboarded);
        var refused = await scene.ContactAtAsync($"refuse+{Guid.NewGuid():N}@example.com");
        var sameMailbox = await scene.ContactAtAsync(fine.Email!.Replace("@", "+again@", StringComparison.Ordinal));

        var id = Bulk.IdOf(await scene.InviteManyAsync([
            fine, invited, onboarded, refused, sameMailbox,
            await scene.ContactAtAsync(null), await scene.ContactAsync(isInternal: true), await scene.ContactAsync(clientStatus: "INACTIVE")]));
        var bulk = await scene.DoneAsync(id);

        Assert.Equal((8, 0, 1, 6, 1), Bulk.CountsOf(bulk));
        var rows = (await scene.AskAsync("query ($id: ID!) { bulkInvitation(id: $id) { rows(first: 5) { totalCount pageInfo { hasNextPage endCursor } nodes { skipped detail retryAt contact { id invitation { status } } } } } }", new { id }, scene.Inviter))
            .GetProperty("bulkInvitation").GetProperty("rows");
        var rest = (await scene.AskAsync("query ($id: ID!, $after: String) { node(id: $id) { ... on BulkInvitation { rows(after: $after) { nodes { skipped } } } } }",
            new { id, after = rows.GetProperty("pageInfo").GetProperty("endCursor").GetString() }, scene.Inviter)).GetProperty("node").GetProperty("rows");
        Assert.Equal(8, rows.GetProperty("totalCount").GetInt32());
        Assert.Equal([null, "ALREADY_INVITED", "ALREADY_ONBOARDED", null, "DUPLICATE_ADDRESS"], rows.GetProperty("nodes").EnumerateArray().Select(r => r.GetProperty("skipped").GetString()));
        Assert.Equal(["NO_EMAIL", "INTERNAL_CLIENT", "INACTIVE_CLIENT"], rest.GetProperty("nodes").EnumerateArray().Select(r => r.GetProperty("skipped").GetString()));
        Assert.Equal(["SENT", null, null, "DELIVERY_FAILED", null], rows.GetProperty("nodes").EnumerateArray().Select(r => r.GetProperty("detail").GetString()));
        Assert.Equal(fine.NodeId, rows.GetProperty("nodes")[0].GetProperty("contact").GetProperty("id").GetString());
        Assert.Equal("OPEN", await scene.StateOfLinkAsync(await scene.TokenOfNewestMailAsync(fine, 1)));
        Assert.DoesNotContain(scene.Mail.Mails, m => m.To.Contains(sameMailbox.Email));
    }

    [Fact]
    public async Task Who_is_removed_before_their_turn_leaves_the_rows_and_the_figures_alike()
    {
        var contacts = await scene.ContactsAsync(502); // more than are taken at a time
        await scene.ExecuteAsync("update clients.client set status = 'INACTIVE' where id = $1", contacts[0].ClientId); // nobody is mailed
        string id;
        await using (await scene.Portal.Database.HoldAsync("select from clients.contact where id = $1 for update", contacts[0].Id))
        {
            id = Bulk.IdOf(await scene.InviteManyAsync(contacts));
            await Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync("portal_job") == 1);
            Assert.Equal((502, 502, 0, 0, 0), Bulk.CountsOf(await scene.ProgressAsync(id)));

            await scene.AskAsync("mutation ($id: ID!) { removeContact(input: { id: $id }) { errors { __typename } } }", new { id = contacts[501].NodeId }, scene.OtherStaff);

            Assert.Equal((501, 501, 0, 0, 0), Bulk.CountsOf(await scene.ProgressAsync(id)));
            Assert.Equal(501, await RowsAsync());
        }

        Assert.Equal((501, 0, 0, 501, 0), Bulk.CountsOf(await scene.DoneAsync(id)));
        Assert.Equal(501, await RowsAsync());

        async Task<int> RowsAsync() => (await scene.AskAsync("query ($id: ID!) { bulkInvitation(id: $id) { rows { totalCount } } }", new { id }, scene.Inviter))
            .GetProperty("bulkInvitation").GetProperty("rows").GetProperty("totalCount").GetInt32();
    }

    [Fact]
    public async Task JOB_02_a_call_that_is_repeated_begins_nothing_again()
    {
        var contacts = await scene.ContactsAsync(3);
        var key = $"{Guid.NewGuid()}";

        var ids = (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scene.InviteManyAsync(contacts, key)))).Select(Bulk.IdOf).Distinct().ToList();
        await scene.DoneAsync(Assert.Single(ids));
        var again = await scene.InviteManyAsync(contacts, key);
        var others = await scene.InviteManyAsync(contacts.Take(2), key);
        var colleagues = await scene.InviteManyAsync(contacts, key, await scene.StaffAsync("CLIENTS_INVITE"));

        Assert.Equal(ids[0], Bulk.IdOf(again));
        Assert.Equal((3, 0, 3, 0, 0), Bulk.CountsOf(again.GetProperty("bulkInvitation")));
        Assert.Equal("IDEMPOTENCY_KEY_USED", Scene.CodeOf(others));
        Assert.NotEqual(ids[0], Bulk.IdOf(colleagues)); // a key is the staff member's own
        Assert.Equal(3L, await scene.ScalarAsync<long>("select count(*) from mail.outbox where to_address = any($1)", (object)contacts.Select(c => c.Email!).ToArray()));
        Assert.All(contacts, c => Assert.Single(scene.Mail.Mails, m => m.To.Contains(c.Email)));
    }

    [Fact]
    public async Task All_are_those_who_were_never_invited_of_the_clients_named()
    {
        var (mine, others) = (await scene.ContactsAsync(4), await scene.ContactsAsync(2));
        await scene.InviteAsync(mine[0]);

        var id = Bulk.IdOf(await scene.InviteManyAsync(new { all = true, clientIds = new[] { GraphQL.NodeId.Encode("Client", mine[0].ClientId) }, expiresInDays = 30, idempotencyKey = "all of one" }));

        Assert.Equal((3, 0, 3, 0, 0), Bulk.CountsOf(await scene.DoneAsync(id)));
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation where client_id = $1", others[0].ClientId));
        Assert.Equal(3L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation where client_id = $1 and expires_at between now() + interval '29 days' and now() + interval '30 days'", mine[0].ClientId));
        var nobody = await scene.InviteManyAsync(new { all = true, clientIds = new[] { GraphQL.NodeId.Encode("Client", mine[0].ClientId) }, idempotencyKey = "all of one again" });
        Assert.Equal((0, 0, 0, 0, 0), Bulk.CountsOf(nobody.GetProperty("bulkInvitation")));
        Assert.Equal("DONE", nobody.GetProperty("bulkInvitation").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{ "idempotencyKey": "k" }""", "input.contactIds")]
    [InlineData("""{ "idempotencyKey": "k", "all": true, "contactIds": ["x"] }""", "input.contactIds")]
    [InlineData("""{ "idempotencyKey": "k", "contactIds": [] }""", "input.contactIds")]
    [InlineData("""{ "idempotencyKey": "k", "contactIds": ["x"], "clientIds": ["x"] }""", "input.clientIds")]
    [InlineData("""{ "idempotencyKey": "k", "all": true, "clientIds": [] }""", "input.clientIds")]
    [InlineData("""{ "idempotencyKey": "k", "contactIds": ["x"], "expiresInDays": 0 }""", "input.expiresInDays")]
    [InlineData("""{ "idempotencyKey": "k", "contactIds": ["x"], "expiresInDays": 31 }""", "input.expiresInDays")]
    [InlineData("""{ "idempotencyKey": " ", "contactIds": ["x"] }""", "input.idempotencyKey")]
    [InlineData("""{ "idempotencyKey": "a\u0000b", "contactIds": ["x"] }""", "input.idempotencyKey")]
    public async Task What_makes_no_sense_is_refused_by_the_field_that_is_wrong(string input, string field)
    {
        var payload = await scene.InviteManyAsync(JsonSerializer.Deserialize<JsonElement>(input));

        Assert.Equal(field, payload.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task More_than_fifty_thousand_are_refused_by_the_field_and_one_named_twice_is_invited_once()
    {
        var contact = await scene.ContactAsync();

        var refused = await scene.InviteManyAsync(Enumerable.Repeat(contact, 50_001));
        var id = Bulk.IdOf(await scene.InviteManyAsync(Enumerable.Repeat(contact, 50_000)));

        Assert.Equal("input.contactIds", refused.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal((1, 0, 1, 0, 0), Bulk.CountsOf(await scene.DoneAsync(id)));
    }

    [Fact]
    public async Task An_id_that_names_nothing_refuses_the_whole_call_and_leaves_the_key_free()
    {
        var contact = await scene.ContactAsync();
        var key = $"{Guid.NewGuid()}";

        var refused = await scene.InviteManyAsync(new { contactIds = new[] { contact.NodeId, GraphQL.NodeId.Encode("Contact", Guid.NewGuid()) }, idempotencyKey = key });
        var unknownClient = await scene.InviteManyAsync(new { all = true, clientIds = new[] { "nonsense" }, idempotencyKey = key });

        Assert.Equal("NOT_FOUND", Scene.CodeOf(refused));
        Assert.Equal("NOT_FOUND", Scene.CodeOf(unknownClient));
        Bulk.IdOf(await scene.InviteManyAsync([contact], key));
    }

    [Fact]
    public async Task Only_staff_who_may_invite_may_invite_many_or_see_how_far_it_is()
    {
        var contact = await scene.ContactAsync();
        var id = Bulk.IdOf(await scene.InviteManyAsync([contact]));
        await scene.DoneAsync(id);
        var session = (await scene.AcceptAsync(await scene.TokenOfNewestMailAsync(contact, 1))).GetProperty("token").GetString();

        foreach (var someone in new[] { scene.OtherStaff, session })
        {
            Assert.Equal("FORBIDDEN", Scene.CodeOf(await scene.InviteManyAsync([contact], session: someone)));
            Assert.Equal(JsonValueKind.Null, (await scene.AskAsync("query ($id: ID!) { node(id: $id) { id } }", new { id }, someone)).GetProperty("node").ValueKind);
            Assert.True((await scene.Portal.AskAsync("query ($id: ID!) { bulkInvitation(id: $id) { total } }", new { id }, someone)).TryGetProperty("errors", out _));
        }
    }

    [Fact]
    public async Task A_link_that_was_replaced_before_its_mail_left_counts_as_skipped()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(await scene.ContactAsync()); // an attempt is one at some mail of the outbox
        await scene.ExecuteAsync("insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker) select id, $1, 1, t, t + interval '1 minute', t, 'SENT', '' from (select id, clock_timestamp() at time zone 'UTC' as t from mail.outbox limit 1) o", contact.Key);

        var id = Bulk.IdOf(await scene.InviteManyAsync([contact]));
        await Scene.EventuallyAsync(async () => (await RowAsync(id)).GetProperty("detail").GetString() == "THROTTLED"); // inside the mailbox's minute: it waits
        var waiting = await RowAsync(id);
        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);

        Assert.InRange(waiting.GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddSeconds(70)); // a minute, and the ten seconds kept for clocks that step
        Assert.Equal((1, 0, 0, 1, 0), Bulk.CountsOf(await scene.ProgressAsync(id)));
        Assert.Equal("INVITATION_REVOKED", (await RowAsync(id)).GetProperty("detail").GetString());
        Assert.DoesNotContain(scene.Mail.Mails, m => m.To.Contains(contact.Email));
    }

    [Fact]
    public async Task A_mail_whose_client_was_inactive_when_its_turn_came_counts_as_skipped_and_the_invitation_says_that_none_arrived()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);
        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);
        var id = Bulk.IdOf(await scene.InviteManyAsync([contact]));
        await Scene.EventuallyAsync(async () => (await RowAsync(id)).GetProperty("detail").GetString() == "THROTTLED"); // inside the mailbox's minute: it waits

        await scene.ExecuteAsync("update clients.client set status = 'INACTIVE' where id = $1", contact.ClientId);
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));

        Assert.Equal((1, 0, 0, 1, 0), Bulk.CountsOf(await scene.DoneAsync(id)));
        Assert.Equal(("INACTIVE_CLIENT", null), ((await RowAsync(id)).GetProperty("skipped").GetString(), (await RowAsync(id)).GetProperty("detail").GetString()));
        Assert.Equal("INVITED DELIVERY_FAILED", await scene.ScalarAsync<string>("select status || ' ' || detail from invitations.invitation where contact_id = $1", contact.Id));
        await scene.ExecuteAsync("update clients.client set status = 'ACTIVE' where id = $1", contact.ClientId);
        Assert.Equal("null", (await scene.ChangeAsync("resendInvitation", contact, scene.Inviter)).GetProperty("errors").GetRawText());
        Assert.Equal("OPEN", await scene.StateOfLinkAsync(await scene.TokenOfNewestMailAsync(contact, 2)));
    }

    [Fact]
    public async Task THR_12_many_rows_of_one_mailbox_are_one_mail_and_delay_nobody()
    {
        var contacts = await scene.ContactsAtAsync([.. Enumerable.Range(0, 500).Select(n => n % 8 == 0 && n < 480 ? $"busy+{n}@thr12.example" : $"t{Guid.NewGuid():N}@thr12.example")]);

        var id = Bulk.IdOf(await scene.InviteManyAsync(contacts));
        var bulk = await scene.DoneAsync(id);

        Assert.Equal((500, 0, 441, 59, 0), Bulk.CountsOf(bulk));
        Assert.Equal("busy+0@thr12.example", Assert.Single(scene.Mail.Mails.SelectMany(m => m.To), to => to.StartsWith("busy", StringComparison.Ordinal)));
        Assert.Equal(441, scene.Mail.Mails.Count(m => m.To[0].EndsWith("@thr12.example", StringComparison.Ordinal)));
    }

    private async Task<JsonElement> RowAsync(string id) => (await scene.AskAsync("query ($id: ID!) { bulkInvitation(id: $id) { rows { nodes { skipped detail retryAt } } } }", new { id }, scene.Inviter))
        .GetProperty("bulkInvitation").GetProperty("rows").GetProperty("nodes")[0];
}
