using System.Text.Json;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class InviteContactTests(Scene scene)
{
    [Fact]
    public async Task A_contact_is_invited_and_the_mail_leaves()
    {
        var contact = await scene.ContactAsync();
        var startedAt = DateTimeOffset.UtcNow;

        var payload = await scene.ChangeAsync("inviteContact", contact, scene.Inviter);

        Assert.Equal(contact.NodeId, payload.GetProperty("contact").GetProperty("id").GetString());
        Assert.Equal("INVITED", payload.GetProperty("contact").GetProperty("invitation").GetProperty("status").GetString());
        await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));
        await Scene.EventuallyAsync(async () => (await InvitationOfAsync(contact)).GetProperty("detail").GetString() == "SENT");
        var invitation = await InvitationOfAsync(contact);
        Assert.Equal(7, (invitation.GetProperty("expiresAt").GetDateTimeOffset() - invitation.GetProperty("invitedAt").GetDateTimeOffset()).TotalDays, 0.001);
        Assert.Equal(1, invitation.GetProperty("emailsInLast24Hours").GetInt32());
        Assert.InRange(invitation.GetProperty("nextEmailAllowedAt").GetDateTimeOffset(), startedAt.AddMinutes(1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(["SENT", "SENDING", "QUEUED"], invitation.GetProperty("history").GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("detail").GetString()));
        Assert.Equal("Ida Inviter", invitation.GetProperty("history").GetProperty("nodes")[2].GetProperty("by").GetString());
    }

    [Fact]
    public async Task The_mail_leaves_because_its_sender_is_told_and_not_when_it_next_looks_around()
    {
        await using var host = await scene.Fixture.StartPortalAsync(await scene.Fixture.CreateDatabaseAsync(), new SilentTimers());
        var inviter = await host.Database.StaffAsync("CLIENTS_INVITE");
        foreach (var email in new[] { $"told{Guid.NewGuid():N}@example.com", $"told{Guid.NewGuid():N}@example.com" })
        {
            var id = Guid.CreateVersion7();
            await host.Database.ExecuteAsync("insert into clients.client (id, number, name, currency) values ($1, $1::text, 'Client Ltd', 'EUR')", id);
            await host.Database.ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values ($1, $1, 'Carla Contact', $2, $2, $2)", id, email);

            await host.DataAsync("mutation ($id: ID!) { inviteContact(input: { contactId: $id }) { errors { __typename } } }", new { id = GraphQL.NodeId.Encode("Contact", id) }, inviter);

            await scene.Mail.WaitForAsync(m => m.To.Contains(email));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(-1)]
    public async Task An_invitation_lives_for_1_to_30_days(int days)
    {
        var payload = await scene.ChangeAsync("inviteContact", await scene.ContactAsync(), scene.Inviter, days);

        Assert.Equal("VALIDATION", Scene.CodeOf(payload));
        Assert.Equal("input.expiresInDays", payload.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("NO_EMAIL")]
    [InlineData("INTERNAL_CLIENT")]
    [InlineData("INACTIVE_CLIENT")]
    [InlineData("ALREADY_INVITED")]
    [InlineData("ALREADY_ONBOARDED")]
    public async Task Who_cannot_be_invited_is_told_apart(string reason)
    {
        var contact = reason switch
        {
            "NO_EMAIL" => await scene.ContactAtAsync(email: null),
            "INTERNAL_CLIENT" => await scene.ContactAsync(isInternal: true),
            "INACTIVE_CLIENT" => await scene.ContactAsync(clientStatus: "INACTIVE"),
            _ => await scene.ContactAsync(),
        };
        if (reason == "ALREADY_INVITED")
        {
            await scene.InviteAsync(contact);
        }
        else if (reason == "ALREADY_ONBOARDED")
        {
            await scene.OnboardAsync(contact);
        }

        var payload = await scene.ChangeAsync("inviteContact", contact, scene.Inviter);

        Assert.Equal("INVITATION_NOT_ALLOWED", Scene.CodeOf(payload));
        Assert.Equal(reason, payload.GetProperty("errors")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_expired_invitation_gets_a_new_link_by_the_databases_clock()
    {
        var contact = await scene.ContactAsync();
        var old = await scene.InviteAsync(contact);
        await scene.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() - interval '1 millisecond' where contact_id = $1", contact.Id);
        var expired = await InvitationOfAsync(contact);
        Assert.Equal(("INVITED", "EXPIRED"), (expired.GetProperty("status").GetString(), expired.GetProperty("detail").GetString()));
        Assert.Equal("EXPIRED", await scene.StateOfLinkAsync(old));
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));

        var payload = await scene.ChangeAsync("inviteContact", contact, scene.Inviter, expiresInDays: 1);

        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
        Assert.Equal("OPEN", await scene.StateOfLinkAsync(await scene.TokenOfNewestMailAsync(contact, 2)));
        Assert.Equal("INVALID", await scene.StateOfLinkAsync(old));
    }

    [Fact]
    public async Task A_contact_sees_their_own_standing_and_none_of_the_staffs_figures()
    {
        var contact = await scene.ContactAsync();
        var session = await scene.OnboardAsync(contact);

        var invitation = await InvitationOfAsync(contact, session);

        Assert.Equal("ONBOARDED", invitation.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, invitation.GetProperty("nextEmailAllowedAt").ValueKind);
        Assert.Equal(0, invitation.GetProperty("emailsInLast24Hours").GetInt32());
        Assert.Empty(invitation.GetProperty("history").GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task The_summary_counts_every_contact_once_and_is_for_inviters()
    {
        var before = (await scene.AskAsync("{ invitationSummary { notInvited invited onboarded } }", session: scene.Inviter)).GetProperty("invitationSummary");
        await scene.ContactAsync();
        await scene.InviteAsync(await scene.ContactAsync());
        await scene.OnboardAsync(await scene.ContactAsync());

        var after = (await scene.AskAsync("{ invitationSummary { notInvited invited onboarded } }", session: scene.Inviter)).GetProperty("invitationSummary");

        Assert.All(["notInvited", "invited", "onboarded"], f => Assert.Equal(before.GetProperty(f).GetInt32() + 1, after.GetProperty(f).GetInt32()));
        var refused = await scene.Portal.AskAsync("{ invitationSummary { invited } }", session: scene.OtherStaff);
        Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private async Task<JsonElement> InvitationOfAsync(TestContact contact, string? session = null) => (await scene.AskAsync(
        "query ($id: ID!) { node(id: $id) { ... on Contact { invitation { status detail invitedAt expiresAt onboardedAt nextEmailAllowedAt emailsInLast24Hours history(first: 10) { nodes { id at status detail by } } } } } }",
        new { id = contact.NodeId }, session ?? scene.Inviter)).GetProperty("node").GetProperty("invitation");
}
