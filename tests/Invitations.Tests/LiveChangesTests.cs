using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class LiveChangesTests(Scene scene)
{
    private const string Changes = "subscription ($client: ID, $after: ID) { invitationStatusChanged(clientId: $client, after: $after) { id at previous status detail contact { id name } } }";

    [Fact] // ISO-16
    public async Task Every_change_of_the_clients_contact_arrives_in_order_and_no_other_clients()
    {
        var (contact, other) = (await scene.ContactAsync("Carla Live"), await scene.ContactAsync());
        using var live = await FollowAsync(contact);

        await scene.InviteAsync(other);
        await scene.InviteAsync(contact);
        var events = await live.NextAsync(3);

        Assert.Equal([("NOT_INVITED", "INVITED", "QUEUED"), ("INVITED", "INVITED", "SENDING"), ("INVITED", "INVITED", "SENT")], events.Select(Told));
        Assert.All(events, e => Assert.Equal((contact.NodeId, "Carla Live"), (e.GetProperty("contact").GetProperty("id").GetString(), e.GetProperty("contact").GetProperty("name").GetString())));
        var history = (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Contact { invitation { history { nodes { id } } } } } }", new { id = contact.NodeId }, scene.Inviter))
            .GetProperty("node").GetProperty("invitation").GetProperty("history").GetProperty("nodes").EnumerateArray();
        Assert.Equal(history.Select(e => e.GetProperty("id").GetString()).Reverse(), events.Select(e => e.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_and_then_what_is_live_each_once()
    {
        var contacts = await scene.ContactsAsync(150);
        var clientId = NodeId.Encode("Client", contacts[0].ClientId);
        string first;
        using (var before = await FollowAsync(contacts[0]))
        {
            var id = Bulk.IdOf(await scene.InviteManyAsync(contacts.Take(100)));
            first = (await before.NextAsync()).GetProperty("id").GetString()!;
            await scene.DoneAsync(id); // missed: 299 events, more than one batch
        }

        var going = scene.InviteManyAsync(contacts.Skip(100));
        using var after = await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, Changes, new { client = clientId, after = first });
        var events = await after.NextAsync(299 + 150);

        await going;
        var ids = events.Select(e => NumberOf(e.GetProperty("id").GetString()!)).ToList();
        Assert.Equal(await NumbersAsync(contacts[0].ClientId), new long[] { NumberOf(first) }.Concat(ids));
    }

    [Fact]
    public async Task Over_server_sent_events_it_is_the_same()
    {
        var contact = await scene.ContactAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = Changes, variables = new { client = NodeId.Encode("Client", contact.ClientId), after = await NewestAsync() } }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Inviter);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await scene.Portal.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        await scene.InviteAsync(contact);
        var told = new List<(string?, string?, string?)>();
        using var limit = new CancellationTokenSource(Eventually.Patience);
        while (told.Count < 3 && await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                told.Add(Told(JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("data").GetProperty("invitationStatusChanged")));
            }
        }

        Assert.Equal([("NOT_INVITED", "INVITED", "QUEUED"), ("INVITED", "INVITED", "SENDING"), ("INVITED", "INVITED", "SENT")], told);
    }

    [Fact]
    public async Task Whoever_follows_with_a_preview_in_it_is_named_in_the_audit_trail()
    {
        var contact = await scene.ContactAsync();
        var client = NodeId.Encode("Client", contact.ClientId);
        var after = await NewestAsync();
        const string query = "subscription ($client: ID, $contact: ID!, $after: ID) { invitationStatusChanged(clientId: $client, after: $after) { contact { client { portalAs(contactId: $contact) { client { id } } } } } }";
        var followers = new List<LiveSocket>();
        foreach (var session in new[] { await scene.StaffAsync("CLIENTS_INVITE", "PORTAL_PREVIEW"), await scene.StaffAsync("CLIENTS_INVITE", "PORTAL_PREVIEW") })
        {
            followers.Add(await LiveSocket.OpenAsync(scene.Portal, session, query, new { client, contact = contact.NodeId, after }));
        }

        await scene.InviteAsync(contact);
        foreach (var follower in followers)
        {
            Assert.All(await follower.NextAsync(3), e => Assert.Equal(client, e.GetProperty("contact").GetProperty("client").GetProperty("portalAs").GetProperty("client").GetProperty("id").GetString()));
            follower.Dispose();
        }

        Assert.Equal("3, 3", await scene.ScalarAsync<string>("select string_agg(n::text, ', ') from (select count(*) as n from audit.event where action = 'PORTAL_PREVIEWED' and subject_id = $1 group by actor_person) x", contact.Id)); // each event by each of them
    }

    [Fact]
    public async Task A_change_that_commits_later_than_its_neighbour_is_not_lost()
    {
        var (slow, quick) = (await scene.ContactAsync(), await scene.ContactAsync());
        using var live = await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, Changes, new { after = await NewestAsync() });
        await using var connection = new NpgsqlConnection(scene.Portal.Database.Superuser);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ChangeAsync(connection, slow); // happened first, becomes visible last

        await ChangeAsync(null, quick);
        var first = await live.NextAsync();
        await transaction.CommitAsync();
        var second = await live.NextAsync();

        Assert.Equal([quick.NodeId, slow.NodeId], new[] { first, second }.Select(e => e.GetProperty("contact").GetProperty("id").GetString()));
    }

    [Fact] // ISO-16: within two seconds
    public void Whether_those_who_follow_still_may_is_asked_every_second_also_when_nothing_happens() =>
        Assert.All([InvitationFeed.LongestWait, BulkInvitationFeed.LongestWait], wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    [Fact] // ISO-16
    public async Task A_permission_that_is_taken_away_ends_the_streams_when_they_are_next_asked_about()
    {
        var session = await scene.StaffAsync("CLIENTS_INVITE");
        var contact = await scene.ContactAsync();
        using var live = await LiveSocket.OpenAsync(scene.Portal, session, Changes, new { client = NodeId.Encode("Client", contact.ClientId) });
        using var bulk = await LiveSocket.OpenAsync(scene.Portal, session, "subscription ($id: ID!) { bulkInvitationProgress(id: $id) { total } }", new { id = await WaitingBulkAsync() });
        await bulk.NextAsync();

        await scene.ExecuteAsync("delete from accounts.staff_permission where person_id = (select s.person_id from accounts.session s where s.token_hash = sha256(convert_to($1, 'UTF8')))", Platform.Asking.SessionSecret.Parse(session)!.Token);
        await ChangeAsync(null, contact);

        await Task.WhenAll(live.EndAsync(), bulk.EndAsync());
    }

    [Fact]
    public async Task A_session_that_ends_ends_its_streams_when_they_are_next_asked_about()
    {
        var session = await scene.StaffAsync("CLIENTS_INVITE");
        using var live = await LiveSocket.OpenAsync(scene.Portal, session, Changes, new { client = NodeId.Encode("Client", (await scene.ContactAsync()).ClientId) });

        await scene.ExecuteAsync("update accounts.session set ended_at = now() where token_hash = sha256(convert_to($1, 'UTF8'))", Platform.Asking.SessionSecret.Parse(session)!.Token);

        await live.EndAsync();
    }

    [Fact]
    public async Task Over_server_sent_events_a_session_that_ends_ends_the_stream_when_it_is_next_asked_about()
    {
        var session = await scene.StaffAsync("CLIENTS_INVITE");
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = Changes, variables = new { client = NodeId.Encode("Client", (await scene.ContactAsync()).ClientId) } }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await scene.Portal.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        await scene.ExecuteAsync("update accounts.session set ended_at = now() where token_hash = sha256(convert_to($1, 'UTF8'))", Platform.Asking.SessionSecret.Parse(session)!.Token);
        using var limit = new CancellationTokenSource(Eventually.Patience);

        Assert.Equal("event: complete", await lines.ReadLineAsync(limit.Token));
    }

    [Fact]
    public async Task Who_loses_the_permission_hears_nothing_more_and_the_others_hear_on_even_on_another_host()
    {
        var contact = await scene.ContactAsync();
        var client = new { client = NodeId.Encode("Client", contact.ClientId), after = await NewestAsync() };
        var sessions = new List<string>();
        for (var n = 0; n < 6; n++)
        {
            sessions.Add(await scene.StaffAsync("CLIENTS_INVITE"));
        }

        await using var second = await scene.Fixture.StartPortalAsync(scene.Portal.Database, ("Portal:DataFolder", scene.DataFolder));
        var live = await Task.WhenAll(sessions.Select((session, n) => LiveSocket.OpenAsync(n % 2 == 0 ? scene.Portal : second, session, Changes, client)));
        await ChangeAsync(null, contact);
        Assert.All(await Task.WhenAll(live.Select(l => l.NextAsync())), e => Assert.Equal(contact.NodeId, e.GetProperty("contact").GetProperty("id").GetString()));

        // Four of six, so that on either host the one under whose rights the events are read is likely among them.
        await scene.ExecuteAsync("delete from accounts.staff_permission where person_id in (select s.person_id from accounts.session s where s.token_hash = any (select sha256(convert_to(t, 'UTF8')) from unnest($1) t))",
            (object)sessions.Take(4).Select(s => Platform.Asking.SessionSecret.Parse(s)!.Token).ToArray());
        await scene.ExecuteAsync("update invitations.invitation set detail = 'THROTTLED' where contact_id = $1", contact.Id);

        await Task.WhenAll(live.Take(4).Select(l => l.EndAsync()));
        Assert.All(await Task.WhenAll(live.Skip(4).Select(l => l.NextAsync())), e => Assert.Equal("THROTTLED", e.GetProperty("detail").GetString()));
        Assert.All(live, l => l.Dispose());
    }

    [Fact]
    public async Task What_is_no_client_or_no_call_has_no_stream_however_it_is_spelled()
    {
        var contact = await scene.ContactAsync();
        foreach (var type in new[] { "Client", "BulkInvitation" })
        {
            var query = type == "Client" ? Changes : "subscription ($client: ID!) { bulkInvitationProgress(id: $client) { total } }";
            foreach (var client in new[] { NodeId.Encode(type, Guid.NewGuid()), contact.NodeId, "nonsense", "" })
            {
                using var live = await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, query, new { client });

                var message = await live.ReceiveAsync();

                Assert.Equal("error", message.GetProperty("type").GetString());
                Assert.Equal("NOT_FOUND", message.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
            }
        }
    }

    [Theory]
    [InlineData(false, null, "FORBIDDEN")]
    [InlineData(true, "nonsense", "BAD_CURSOR")]
    public async Task Without_the_permission_or_with_a_made_up_event_no_stream_opens(bool may, string? after, string code)
    {
        using var live = await LiveSocket.OpenAsync(scene.Portal, may ? scene.Inviter : scene.OtherStaff, Changes, new { after });

        var message = await live.ReceiveAsync();

        Assert.Equal("error", message.GetProperty("type").GetString());
        Assert.Equal(code, message.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_progress_of_a_call_is_told_until_it_is_done()
    {
        await scene.Mail.MisbehaveAsync(new { hold = true }); // or all might have left before the first answer
        var id = Bulk.IdOf(await scene.InviteManyAsync(await scene.ContactsAsync(120)));
        using var live = await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, $$"""subscription ($id: ID!) { bulkInvitationProgress(id: $id) { {{Bulk.Counts}} } }""", new { id });

        var told = new List<JsonElement> { await live.NextAsync() };
        await scene.Mail.MisbehaveAsync(new { });
        while (told[^1].GetProperty("state").GetString() == "RUNNING")
        {
            told.Add(await live.NextAsync());
        }

        await live.EndAsync();
        Assert.Equal((120, 0, 120, 0, 0), Bulk.CountsOf(told[^1]));
        Assert.True(told.Count > 1);
        Assert.Equal(told.Select(t => Bulk.CountsOf(t).Sent).Order(), told.Select(t => Bulk.CountsOf(t).Sent));
    }

    [Fact]
    public async Task However_many_follow_a_call_the_host_reads_it_once()
    {
        const int Followers = 20;
        var id = Bulk.IdOf(await scene.InviteManyAsync(await scene.ContactsAsync(60)));
        var watch = Stopwatch.StartNew();

        var statements = await Statements.MeanwhileAsync(() => Task.WhenAll(Enumerable.Range(0, Followers).Select(async _ =>
        {
            using var live = await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, $$"""subscription ($id: ID!) { bulkInvitationProgress(id: $id) { {{Bulk.Counts}} } }""", new { id });
            while ((await live.NextAsync()).GetProperty("state").GetString() == "RUNNING")
            {
                // The next one.
            }

            await live.EndAsync();
        })));

        // Each reads it once when it comes, and the host no more often than every half second.
        Assert.InRange(statements.Count(s => s.Contains("from invitations.bulk_invitation where", StringComparison.Ordinal)), Followers, Followers + (int)(watch.Elapsed / TimeSpan.FromMilliseconds(500)) + 1);
    }

    [Fact]
    public async Task Four_hundred_who_come_at_once_all_hear_the_next_change()
    {
        var contact = await scene.ContactAsync();
        var after = await NewestAsync();
        var live = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => LiveSocket.OpenAsync(scene.Portal, scene.Inviter, Changes, new { client = NodeId.Encode("Client", contact.ClientId), after })));

        await ChangeAsync(null, contact);

        Assert.All(await Task.WhenAll(live.Select(l => l.NextAsync())), e => Assert.Equal(contact.NodeId, e.GetProperty("contact").GetProperty("id").GetString()));
        Assert.All(live, l => l.Dispose());
    }

    [Fact] // more than are asked about together
    public async Task Eleven_hundred_all_hear_every_change_once_and_whoever_loses_the_permission_among_them_ends()
    {
        var contact = await scene.ContactAsync();
        var variables = new { client = NodeId.Encode("Client", contact.ClientId), after = await NewestAsync() };
        var leaving = await scene.StaffAsync("CLIENTS_INVITE");
        var first = await LiveSocket.OpenAsync(scene.Portal, leaving, Changes, variables);
        var live = await Task.WhenAll(Enumerable.Range(0, 1100).Select(_ => LiveSocket.OpenAsync(scene.Portal, scene.Inviter, Changes, variables)));
        var last = await LiveSocket.OpenAsync(scene.Portal, leaving, Changes, variables);
        LiveSocket[] both = [first, last];
        await ChangeAsync(null, contact);
        Assert.All(await Task.WhenAll(live.Concat(both).Select(l => l.NextAsync())), e => Assert.Equal("SENT", e.GetProperty("detail").GetString()));

        await scene.ExecuteAsync("delete from accounts.staff_permission where person_id = (select s.person_id from accounts.session s where s.token_hash = sha256(convert_to($1, 'UTF8')))", Platform.Asking.SessionSecret.Parse(leaving)!.Token);
        await scene.ExecuteAsync("update invitations.invitation set detail = 'THROTTLED' where contact_id = $1", contact.Id);

        await Task.WhenAll(both.Select(l => l.EndAsync()));
        Assert.All(await Task.WhenAll(live.Select(l => l.NextAsync())), e => Assert.Equal("THROTTLED", e.GetProperty("detail").GetString()));
        Assert.All(live.Concat(both), l => l.Dispose());
    }

    [Fact]
    public async Task The_listener_comes_back_when_its_connection_breaks()
    {
        var contact = await scene.ContactAsync();
        using var live = await FollowAsync(contact);

        await scene.MailIsQuietAsync();
        await scene.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'portal_job'");
        await ChangeAsync(null, contact);

        Assert.Equal(contact.NodeId, (await live.NextAsync()).GetProperty("contact").GetProperty("id").GetString());
    }

    private async Task<LiveSocket> FollowAsync(TestContact contact)
    {
        // From the newest event on, so that the test need not know when the stream is open.
        return await LiveSocket.OpenAsync(scene.Portal, scene.Inviter, Changes, new { client = NodeId.Encode("Client", contact.ClientId), after = await NewestAsync() });
    }

    private async Task<string> NewestAsync()
    {
        var one = await scene.ContactAsync();
        await ChangeAsync(null, one);
        return (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Contact { invitation { history { nodes { id } } } } } }", new { id = one.NodeId }, scene.Inviter))
            .GetProperty("node").GetProperty("invitation").GetProperty("history").GetProperty("nodes")[0].GetProperty("id").GetString()!;
    }

    // A change without a mail, which would bring further events.
    private async Task ChangeAsync(NpgsqlConnection? connection, TestContact contact)
    {
        const string Sql = "insert into invitations.invitation (contact_id, client_id, status, detail, invitation_id, token_hash, expires_at) values ($1, $2, 'INVITED', 'SENT', gen_random_uuid(), sha256(uuid_send($1)), now() + interval '1 day')";
        if (connection is null)
        {
            await scene.ExecuteAsync(Sql, contact.Id, contact.ClientId);
            return;
        }

        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = contact.Id }, new() { Value = contact.ClientId } } };
        await command.ExecuteNonQueryAsync();
    }

    // A call whose only mail waits for its mailbox's minute.
    private async Task<string> WaitingBulkAsync()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);
        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);
        return Bulk.IdOf(await scene.InviteManyAsync([contact]));
    }

    private async Task<IEnumerable<long>> NumbersAsync(Guid clientId) => await scene.ScalarAsync<long[]>("select array_agg(id order by id) from invitations.event where client_id = $1", clientId);

    private static long NumberOf(string id) => NodeId.TryParse(id, out var node) ? EventId.NumberOf(node.Value) ?? 0 : 0;

    private static (string?, string?, string?) Told(JsonElement e) => (e.GetProperty("previous").GetString(), e.GetProperty("status").GetString(), e.GetProperty("detail").GetString());
}
