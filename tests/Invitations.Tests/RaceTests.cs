using System.Collections.Concurrent;
using System.Text.Json;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Invitations.Tests;

/// <summary>Two things happen to a contact at the same instant: one waits for the other, and sees what it did.</summary>
[Collection(nameof(Scene))]
public sealed class RaceTests(Scene scene)
{
    private const string Move = "update clients.contact set email = $2, recipient_key = $2, sign_in_key = $2 where id = $1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_invited_while_their_address_changes_gets_the_link_at_the_new_one(bool wasInvited)
    {
        var contact = await scene.ContactAsync();
        if (wasInvited)
        {
            await scene.ExecuteAsync("insert into invitations.invitation (contact_id, client_id) values ($1, $2)", contact.Id, contact.ClientId);
        }

        var moved = contact with { Email = $"m{Guid.NewGuid():N}@example.com" };
        await using var moving = await scene.Portal.Database.HoldAsync(Move, contact.Id, moved.Email);
        var inviting = scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        await WaitingAsync(DbRole.Staff);
        await moving.CommitAsync();

        Assert.Equal("null", (await inviting).GetProperty("errors").GetRawText());
        var accepted = await scene.AcceptAsync(await scene.TokenOfNewestMailAsync(moved, 1));
        Assert.Equal(moved.Email, accepted.GetProperty("viewer").GetProperty("email").GetString());
        Assert.DoesNotContain(scene.Mail.Mails, m => m.To.Contains(contact.Email));
    }

    [Fact]
    public async Task A_link_that_is_made_while_the_address_changes_dies_with_the_old_one()
    {
        var contact = await scene.ContactAsync();
        var token = $"{Guid.NewGuid():N}";
        await using var inviting = await scene.Portal.Database.HoldAsync("insert into invitations.invitation (contact_id, client_id) values ($1, $2)", contact.Id, contact.ClientId);
        await inviting.ExecuteAsync("select invitations.send_link($1, gen_random_uuid(), $2, '7 days', 'Never', 'Test')", contact.Id, InvitationLinks.HashOf(token));
        var moving = scene.ExecuteAsync(Move, contact.Id, $"m{Guid.NewGuid():N}@example.com");
        await WaitingAsync("postgres");
        await inviting.CommitAsync();
        await moving;

        Assert.Equal(("NOT_INVITED", "ADDRESS_CHANGED"), await StandingAsync(contact));
        Assert.Equal("INVALID", await scene.StateOfLinkAsync(token));
    }

    [Fact]
    public async Task Who_is_removed_while_they_are_invited_is_not_found()
    {
        var contact = await scene.ContactAsync();
        await using var removing = await scene.Portal.Database.HoldAsync("delete from clients.contact where id = $1", contact.Id);
        var inviting = scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        await WaitingAsync(DbRole.Staff);
        await removing.CommitAsync();

        Assert.Equal("NOT_FOUND", Scene.CodeOf(await inviting));
    }

    [Theory]
    [InlineData("accept", "revokeInvitation", "NOT_INVITED", "ONBOARDED")]
    [InlineData("revokeInvitation", "accept", "INVITATION_LINK", "NOT_INVITED")]
    [InlineData("accept", "resendInvitation", "INVITATION_NOT_ALLOWED", "ONBOARDED")]
    [InlineData("resendInvitation", "accept", "INVITATION_LINK", "INVITED")]
    [InlineData("resendInvitation", "resendInvitation", "THROTTLED", "INVITED")]
    public async Task Of_two_at_the_same_instant_the_second_is_told_what_the_first_did(string first, string second, string code, string status)
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);
        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));
        await using var holding = await scene.Portal.Database.HoldAsync("select from invitations.invitation where contact_id = $1 for update", contact.Id);
        var answers = new List<Task<JsonElement>>();
        foreach (var operation in new[] { first, second }) // they queue in the order in which they came
        {
            answers.Add(operation == "accept" ? scene.AcceptAsync(token) : scene.ChangeAsync(operation, contact, scene.Inviter));
            await WaitingAsync(operation == "accept" ? DbRole.Auth : DbRole.Staff, first == second ? answers.Count : 1);
        }

        await holding.CommitAsync();

        Assert.Equal("null", (await answers[0]).GetProperty("errors").GetRawText());
        Assert.Equal(code, Scene.CodeOf(await answers[1]));
        Assert.Equal(status, (await StandingAsync(contact)).Status);
    }

    [Fact]
    public async Task INV_12_what_8_workers_do_to_the_same_contacts_is_one_legal_history()
    {
        string[] operations = ["inviteContact", "inviteContact", "resendInvitation", "revokeInvitation", "revokePortalAccess", "accept", "accept", "accept", "move"];
        TestContact[] contacts = [await scene.ContactAsync(), await scene.ContactAsync()];
        var done = new ConcurrentBag<(Guid Contact, string Operation)>();

        // Who comes first is chance: they go on until each contact has seen all of it, however the turns fall.
        bool HasSeenAll(TestContact contact) => new[] { "accept", "revokeInvitation", "revokePortalAccess" }.All(operation => done.Contains((contact.Id, operation)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var random = new Random(worker);
            for (var n = 0; n < 30 || (n < 1_000 && !contacts.All(HasSeenAll)); n++)
            {
                var (contact, operation) = (contacts[random.Next(contacts.Length)], operations[random.Next(operations.Length)]);
                if (await SucceedsAsync(contact, operation))
                {
                    done.Add((contact.Id, operation));
                }
            }
        }));

        foreach (var contact in contacts)
        {
            int Done(string operation) => done.Count(d => d == (contact.Id, operation));
            // Each change begins where the one before ended; those of the mail leave the status alone.
            var events = await scene.ScalarAsync<string[]>("select array_agg(previous || ' ' || status || ' ' || coalesce(detail, '') order by id) from invitations.event where contact_id = $1 and (previous <> status or detail = 'QUEUED')", contact.Id);
            Assert.All(events.Zip(events.Skip(1)), e => Assert.Equal(e.First.Split(' ')[1], e.Second.Split(' ')[0]));
            // And each success is one of them, so that no two can have had the same.
            Assert.Equal(Done("inviteContact"), events.Count(e => e == "NOT_INVITED INVITED QUEUED"));
            // Who accepts while their access is taken back is told that the link is over: of those followed by that, some.
            var takenBack = events.Zip(events.Skip(1)).Count(e => e == ("INVITED ONBOARDED ", "ONBOARDED NOT_INVITED ACCESS_REVOKED"));
            Assert.InRange(Done("accept"), events.Count(e => e == "INVITED ONBOARDED ") - takenBack, events.Count(e => e == "INVITED ONBOARDED "));
            Assert.Equal(Done("revokeInvitation"), events.Count(e => e == "INVITED NOT_INVITED INVITATION_REVOKED"));
            Assert.Equal(Done("revokePortalAccess"), events.Count(e => e == "ONBOARDED NOT_INVITED ACCESS_REVOKED"));
            Assert.InRange(events.Count(e => e == "INVITED NOT_INVITED ADDRESS_CHANGED"), 0, Done("move"));
            Assert.InRange(events.Count(e => e == "INVITED INVITED QUEUED"), 0, Done("resendInvitation")); // one whose mail had not left says so already
            Assert.Empty(events.Distinct().Except(["NOT_INVITED INVITED QUEUED", "INVITED ONBOARDED ", "INVITED NOT_INVITED INVITATION_REVOKED", "ONBOARDED NOT_INVITED ACCESS_REVOKED", "INVITED NOT_INVITED ADDRESS_CHANGED", "INVITED INVITED QUEUED"]));
            Assert.Equal(events[^1].Split(' ')[1], (await StandingAsync(contact)).Status);
            Assert.True(HasSeenAll(contact));
        }
    }

    private async Task<bool> SucceedsAsync(TestContact contact, string operation)
    {
        if (operation is "inviteContact" or "resendInvitation")
        {
            await scene.ExecuteAsync("update clients.contact set recipient_key = gen_random_uuid() where id = $1", contact.Id); // a mailbox that got nothing yet: no mail limit is in the way
        }
        else if (operation == "move")
        {
            await scene.ExecuteAsync(Move, contact.Id, $"m{Guid.NewGuid():N}@example.com");
            return true;
        }
        else if (operation == "accept")
        {
            var link = await scene.ScalarAsync<Guid>("select coalesce((select invitation_id from invitations.invitation where contact_id = $1), gen_random_uuid())", contact.Id);
            var token = scene.Portal.Services.GetRequiredService<InvitationLinks>().UrlOf(link).Segments[^1];
            // Not the membership: another may take it back before it is read.
            return (await scene.AskAsync("mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { errors { __typename } } }", new { input = new { token, password = Scene.Password } }))
                .GetProperty("acceptInvitation").GetProperty("errors").ValueKind == JsonValueKind.Null;
        }

        return (await scene.ChangeAsync(operation, contact, scene.Inviter)).GetProperty("errors").ValueKind == JsonValueKind.Null;
    }

    private async Task<(string Status, string? Detail)> StandingAsync(TestContact contact)
    {
        var invitation = (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Contact { invitation { status detail } } } }", new { id = contact.NodeId }, scene.Inviter)).GetProperty("node").GetProperty("invitation");
        return (invitation.GetProperty("status").GetString()!, invitation.GetProperty("detail").GetString());
    }

    private Task WaitingAsync(DbRole role, int count = 1) => WaitingAsync($"portal_{role}".ToLowerInvariant(), count);

    private Task WaitingAsync(string role, int count = 1) => Scene.EventuallyAsync(async () => await scene.Portal.Database.WaitingAsync(role) == count);
}
