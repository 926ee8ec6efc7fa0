using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

/// <summary>Hosts that come, go and die while many are invited; a server and a database of its own, because it cuts connections.</summary>
[Collection(nameof(Scene))]
public sealed class BulkRestartTests : IAsyncLifetime
{
    private readonly Scene own = new();

    public Task InitializeAsync() => own.InitializeAsync();

    public Task DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task Two_thousand_are_each_invited_once_although_every_batch_may_die()
    {
        var contacts = await own.ContactsAsync(2_000);
        // No mail leaves meanwhile: a sender that is cut off would, rightly, wait for its lease.
        await own.ExecuteAsync("revoke execute on function mail.claim(text, int, timestamptz) from portal_job");
        await own.ExecuteAsync("create function public.slow() returns trigger language plpgsql security definer as $$ begin perform pg_sleep(0.001); return null; end $$");
        await own.ExecuteAsync("create trigger slow after insert on mail.outbox for each row execute function public.slow()"); // a batch takes long enough to be hit
        await using var second = await own.Fixture.StartPortalAsync(own.Portal.Database, ("Portal:DataFolder", own.DataFolder));

        var id = Bulk.IdOf(await own.InviteManyAsync(contacts));
        for (var cuts = 0; cuts < 4; cuts++)
        {
            await Scene.EventuallyAsync(() => own.ScalarAsync<bool>("select exists (select from pg_stat_activity where usename = 'portal_job' and backend_xid is not null) or not exists (select from invitations.bulk where contacts is not null)"));
            await own.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'portal_job'");
        }

        await second.DisposeAsync(); // one host goes for good
        await Scene.EventuallyAsync(() => own.ScalarAsync<bool>("select not exists (select from invitations.bulk where contacts is not null)"));

        Assert.Equal((2_000, 2_000, 0, 0, 0), Bulk.CountsOf(await own.ProgressAsync(id)));
        Assert.Equal(2_000L, await own.ScalarAsync<long>("select count(*) from invitations.invitation i join mail.outbox o on o.id = i.invitation_id where i.status = 'INVITED'"));
        Assert.Equal(2_000L, await own.ScalarAsync<long>("select count(*) from mail.outbox"));
        Assert.Equal(2_000L, await own.ScalarAsync<long>("select count(*) from invitations.event"));
    }

    [Fact]
    public async Task Two_hosts_share_a_call_and_every_contact_gets_one_mail()
    {
        var contacts = await own.ContactsAsync(300);
        await using var second = await own.Fixture.StartPortalAsync(own.Portal.Database, ("Portal:DataFolder", own.DataFolder));

        var id = Bulk.IdOf(await own.InviteManyAsync(contacts));
        await Scene.EventuallyAsync(async () => Bulk.CountsOf(await own.ProgressAsync(id)).Sent > 50);
        await second.DisposeAsync();

        Assert.Equal((300, 0, 300, 0, 0), Bulk.CountsOf(await own.DoneAsync(id)));
        Assert.Equal(contacts.Select(c => c.Email).Order(StringComparer.Ordinal), own.Mail.Mails.Select(m => m.To[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whom_a_call_is_about_is_fixed_when_it_is_made_and_whether_they_can_be_invited_when_their_turn_comes()
    {
        var contacts = await own.ContactsAsync(5);
        await own.ExecuteAsync("revoke execute on function invitations.invite_batch(uuid, uuid[], bytea[], text) from portal_job"); // nobody works it off for now

        var id = Bulk.IdOf(await own.InviteManyAsync(new { all = true, idempotencyKey = "k" }));
        var later = await own.ContactAsync();
        await own.InviteAsync(contacts[1]);
        await own.ExecuteAsync("delete from clients.contact where id = $1", contacts[2].Id);
        var waiting = (await own.AskAsync("query ($id: ID!) { bulkInvitation(id: $id) { state rows { totalCount nodes { skipped detail contact { id } } } } }", new { id }, own.Inviter)).GetProperty("bulkInvitation");
        await own.ExecuteAsync("grant execute on function invitations.invite_batch(uuid, uuid[], bytea[], text) to portal_job");
        var bulk = await own.DoneAsync(id);

        Assert.Equal("RUNNING", waiting.GetProperty("state").GetString());
        Assert.Equal(4, waiting.GetProperty("rows").GetProperty("totalCount").GetInt32());
        Assert.All(waiting.GetProperty("rows").GetProperty("nodes").EnumerateArray(), r => Assert.Equal("QUEUED", r.GetProperty("detail").GetString()));
        Assert.Equal((4, 0, 3, 1, 0), Bulk.CountsOf(bulk));
        Assert.DoesNotContain(own.Mail.Mails, m => m.To.Contains(later.Email));
        Assert.Equal(4, own.Mail.Mails.Count); // contacts[1] by hand, three by the call
    }

    [Fact]
    public async Task JOB_02_a_host_that_is_killed_after_the_commit_and_before_the_answer_invites_once()
    {
        var contacts = await own.ContactsAsync(3);
        var port = PortalFixture.FreePort();
        using var killed = HostProcess.Start(["--environment=Development"], [.. own.Fixture.SettingsOf(own.Portal.Database, port), ("Portal__DataFolder", own.DataFolder)]);
        await killed.ReadyAsync(port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/"), DefaultRequestHeaders = { Authorization = new("Bearer", own.Inviter) } };
        await using var holding = new Npgsql.NpgsqlConnection(own.Portal.Database.Superuser);
        await holding.OpenAsync();
        await using var transaction = await holding.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table invitations.bulk_row in access exclusive mode", holding)) // the answer counts them
        {
            await hold.ExecuteNonQueryAsync();
        }

        var input = new { contactIds = contacts.Select(c => c.NodeId), idempotencyKey = "again" };
        var call = http.PostAsync("graphql", System.Net.Http.Json.JsonContent.Create(new { query = "mutation ($input: InviteContactsInput!) { inviteContacts(input: $input) { bulkInvitation { sent } } }", variables = new { input } }));
        await Scene.EventuallyAsync(() => own.ScalarAsync<bool>("select exists (select from invitations.bulk)"));
        await killed.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
        await transaction.RollbackAsync();

        var id = Bulk.IdOf(await own.InviteManyAsync(input));

        Assert.Equal((3, 0, 3, 0, 0), Bulk.CountsOf(await own.DoneAsync(id)));
        Assert.Equal(1L, await own.ScalarAsync<long>("select count(*) from invitations.bulk"));
        Assert.Equal(3L, await own.ScalarAsync<long>("select count(*) from mail.outbox"));
        Assert.Equal(3, own.Mail.Mails.Count);
    }
}
