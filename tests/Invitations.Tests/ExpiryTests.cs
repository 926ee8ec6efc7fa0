namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class ExpiryTests(Scene scene)
{
    [Fact]
    public async Task A_link_that_has_run_out_of_time_becomes_one_event_and_can_be_renewed()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));
        await scene.ExecuteAsync("update invitations.invitation set expires_at = now() - interval '1 second' where contact_id = $1", contact.Id);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.ExecuteAsync("select invitations.expire()")));

        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from invitations.event where contact_id = $1 and status = 'INVITED' and detail = 'EXPIRED' and by_name is null", contact.Id));
        Assert.Equal("EXPIRED", await scene.StateOfLinkAsync(token));
        await scene.AskAsync("mutation ($token: String!) { requestNewInvitation(input: { token: $token }) { accepted } }", new { token });
        Assert.Equal("OPEN", await scene.StateOfLinkAsync(await scene.TokenOfNewestMailAsync(contact, 2)));
        Assert.Equal("SENT", await scene.ScalarAsync<string>("select detail from invitations.invitation where contact_id = $1", contact.Id));
    }

    [Fact]
    public async Task A_mail_that_waited_longer_than_its_link_lives_never_leaves()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);
        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);
        var id = Bulk.IdOf(await scene.InviteManyAsync([contact])); // inside the mailbox's minute: it waits
        await Scene.EventuallyAsync(() => scene.ScalarAsync<bool>("select exists (select from mail.outbox where recipient_key = $1 and waits_for = 'THROTTLE')", contact.Key));
        await scene.ExecuteAsync("update invitations.invitation set expires_at = now() - interval '1 second' where contact_id = $1", contact.Id);

        await scene.ExecuteAsync("select invitations.expire()");
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));

        Assert.Equal((1, 0, 0, 1, 0), Bulk.CountsOf(await scene.DoneAsync(id)));
        Assert.Equal("EXPIRED", await scene.ScalarAsync<string>("select detail from invitations.invitation where contact_id = $1", contact.Id));
        Assert.Single(scene.Mail.Mails, m => m.To.Contains(contact.Email));
    }
}
