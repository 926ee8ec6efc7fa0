using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Platform;
using Npgsql;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class ThrottleTests(Scene scene)
{
    [Fact]
    public async Task THR_02_the_sixth_mail_waits_until_the_first_is_a_day_old()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);
        for (var mails = 2; mails <= 5; mails++)
        {
            await scene.PassAsync(contact, TimeSpan.FromMinutes(2));
            await scene.ChangeAsync("resendInvitation", contact, scene.Inviter);
            await scene.TokenOfNewestMailAsync(contact, mails);
        }

        await scene.PassAsync(contact, TimeSpan.FromHours(23)); // the first is 23 h 8 min old
        var refused = await scene.ChangeAsync("resendInvitation", contact, scene.Inviter);
        await scene.PassAsync(contact, TimeSpan.FromMinutes(53));
        var sent = await scene.ChangeAsync("resendInvitation", contact, scene.Inviter);

        Assert.Equal("THROTTLED", Scene.CodeOf(refused));
        Assert.Equal("DAILY_LIMIT", refused.GetProperty("errors")[0].GetProperty("limit").GetString());
        Assert.InRange(refused.GetProperty("errors")[0].GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(49), DateTimeOffset.UtcNow.AddMinutes(53));
        Assert.Equal(JsonValueKind.Null, sent.GetProperty("errors").ValueKind);
        await scene.TokenOfNewestMailAsync(contact, 6);
    }

    [Theory]
    [InlineData("a@ex.com", "A@Ex.com")]
    [InlineData("a@ex.com", "a+1@ex.com")]
    [InlineData("a@ex.com", "ａ@ｅｘ.com")]
    [InlineData("a.b@gmail.com", "ab@googlemail.com")]
    [InlineData("x@bücher.de", "x@xn--bcher-kva.de")]
    public void THR_03_spellings_of_one_mailbox_share_one_bucket(string one, string other)
    {
        Assert.True(EmailAddress.TryParse(one, out var a));
        Assert.True(EmailAddress.TryParse(other, out var b));

        Assert.Equal(a.RecipientKey, b.RecipientKey);
        Assert.Equal(other, b.Text); // the mail goes to what is stored
    }

    [Theory]
    [InlineData("a@ex.com.", true)]
    [InlineData("A@bücher.example.", true)]
    [InlineData("a@ex.com..", false)]
    [InlineData("a@ex.com．", false)]
    [InlineData("a@.", false)]
    public void THR_03_a_dot_at_the_end_is_no_part_of_an_address_and_two_are_none(string text, bool isOne)
    {
        Assert.Equal(isOne, EmailAddress.TryParse(text, out var address));
        if (address is not null)
        {
            Assert.True(EmailAddress.TryParse(text[..^1], out var dotless));
            Assert.Equal((dotless.Text, dotless.SignInKey, dotless.RecipientKey), (address.Text, address.SignInKey, address.RecipientKey));
            Assert.Equal(text[..^1], address.Text);
        }
    }

    [Fact]
    public async Task THR_03_another_spelling_of_a_mailbox_is_refused_in_its_minute_and_gets_its_mail_as_it_is_stored()
    {
        var first = await scene.ContactAsync(clientName: "First");
        var second = await scene.ContactAtAsync(first.Email!.Replace("@", "+work@", StringComparison.Ordinal).ToUpperInvariant(), clientName: "Second");
        await scene.InviteAsync(first);

        var refused = await scene.ChangeAsync("inviteContact", second, scene.Inviter);
        await scene.PassAsync(first, TimeSpan.FromMinutes(1));
        var invited = await scene.ChangeAsync("inviteContact", second, scene.Inviter);

        Assert.Equal("THROTTLED", Scene.CodeOf(refused));
        Assert.Equal(JsonValueKind.Null, invited.GetProperty("errors").ValueKind);
        await scene.PassAsync(first, TimeSpan.FromSeconds(10)); // what senders add, for clocks that step
        await scene.Mail.WaitForAsync(m => m.To.Single().Equals(second.Email, StringComparison.Ordinal)); // byte for byte, capitals included
    }

    [Fact]
    public async Task THR_04_one_address_at_two_clients_has_one_bucket_and_gets_its_second_mail_a_minute_later()
    {
        var first = await scene.ContactAsync(clientName: "First");
        var second = await scene.ContactAtAsync(first.Email, clientName: "Second");
        await scene.InviteAsync(first);
        var writtenDown = DateTimeOffset.UtcNow;
        var minuteIsOver = DateTimeOffset.FromUnixTimeMilliseconds(scene.Mail.Mails.Single(m => m.To.Contains(first.Email)).ReceivedAt).AddMinutes(1);

        var refused = await scene.ChangeAsync("inviteContact", second, scene.Inviter);
        await scene.PassAsync(first, TimeSpan.FromSeconds(70)); // ten seconds more, for clocks that step
        var invited = await scene.ChangeAsync("inviteContact", second, scene.Inviter);

        Assert.Equal(("THROTTLED", "COOLDOWN"), (Scene.CodeOf(refused), refused.GetProperty("errors")[0].GetProperty("limit").GetString()));
        Assert.InRange(refused.GetProperty("errors")[0].GetProperty("retryAt").GetDateTimeOffset(), minuteIsOver.AddMilliseconds(-1), writtenDown.AddMinutes(1)); // from when the first was written down as sent
        Assert.Equal("null", invited.GetProperty("errors").GetRawText());
        await scene.TokenOfNewestMailAsync(second, 2);
        Assert.Equal(["First", "Second"], scene.Mail.Mails.Where(m => m.To.Contains(first.Email)).Select(m => Regex.Match(m.Text, "^(.*): your client portal").Groups[1].Value));
    }

    [Fact]
    public async Task A_mail_that_was_queued_too_early_waits_and_says_so()
    {
        var first = await scene.ContactAsync();
        var second = await scene.ContactAtAsync(first.Email, clientName: "Second");
        await scene.InviteAsync(first);
        await scene.ChangeAsync("inviteContact", second, scene.Inviter); // refused, but makes the row
        await scene.ExecuteAsync("select invitations.send_link($1, gen_random_uuid(), sha256($2), '7 days', 'Too early', 'Test')", second.Id, second.Id.ToByteArray());

        await Scene.EventuallyAsync(async () => await scene.ScalarAsync<string>("select detail from invitations.invitation where contact_id = $1", second.Id) == "THROTTLED");

        Assert.DoesNotContain(scene.Mail.Mails, m => m.Subject == "Too early");
        await scene.PassAsync(first, TimeSpan.FromSeconds(70)); // ten seconds more, for clocks that step
        await scene.Mail.WaitForAsync(m => m.Subject == "Too early");
    }

    [Fact]
    public async Task THR_09_not_even_a_superuser_can_write_a_violation_into_the_ledger()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);

        var e = await Assert.ThrowsAsync<PostgresException>(() => scene.ExecuteAsync(
            "insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker) select outbox_id, recipient_key, 5, finished_at + interval '59 seconds', finished_at + interval '2 minutes', 'x' from mail.attempt where recipient_key = $1", contact.Key));

        Assert.Equal("one_minute_between_mails", e.ConstraintName);
        e = await Assert.ThrowsAsync<PostgresException>(() => scene.ExecuteAsync(
            "insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker) select outbox_id, recipient_key, slot, finished_at + interval '23 hours', finished_at + interval '24 hours', 'x' from mail.attempt where recipient_key = $1", contact.Key));
        Assert.Equal("five_mails_in_24_hours", e.ConstraintName);
    }

    [Fact]
    public async Task THR_08_no_detour_empties_a_mailboxs_bucket()
    {
        var contact = await scene.ContactAsync();
        await scene.InviteAsync(contact);
        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);
        var reinvited = await scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        await scene.ExecuteAsync("update clients.contact set email = 'away-' || email, recipient_key = 'away-' || recipient_key where id = $1", contact.Id);
        await scene.ExecuteAsync("update clients.contact set email = $2, recipient_key = $3 where id = $1", contact.Id, contact.Email!, contact.Key);
        var changedBack = await scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        await scene.ExecuteAsync("delete from clients.contact where id = $1", contact.Id);
        var recreated = await scene.ChangeAsync("inviteContact", await scene.ContactAtAsync(contact.Email), scene.Inviter);
        var expired = await scene.ContactAtAsync(contact.Email!.ToUpperInvariant());

        Assert.All([reinvited, changedBack, recreated, await scene.ChangeAsync("inviteContact", expired, scene.Inviter)], refused =>
        {
            Assert.Equal("THROTTLED", Scene.CodeOf(refused));
            Assert.InRange(refused.GetProperty("errors")[0].GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1));
        });
        Assert.Single(scene.Mail.Mails, m => m.To.Contains(contact.Email));
    }
}
