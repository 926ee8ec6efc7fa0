using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Testing;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class MailTests(Scene scene)
{
    [Theory]
    [InlineData("Eve\r\nBcc: evil@example.org\r\n\r\nbody")]
    [InlineData("Eve\nSubject: other")]
    [InlineData("Eve\u2028Bcc: evil@example.org\u0085X-Evil: 1")]
    [InlineData("\"Eve\" <evil@example.org>, other@example.org")]
    [InlineData("Zoë O'Größe 名前")]
    public async Task MAIL_01_a_name_can_become_neither_header_nor_recipient(string name)
    {
        var contact = await scene.ContactAsync(name: name, clientName: name);
        await scene.InviteAsync(contact);
        var mail = await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));

        Assert.Equal([contact.Email!], mail.To);
        Assert.EndsWith($"<{contact.Email}>", Assert.Single(mail.Mailboxes.Skip(1)), StringComparison.Ordinal); // after the sender
        var headers = mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Where(line => line[0] is not (' ' or '\t')).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);
        Assert.Equal(["Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "MIME-Version", "Subject", "To"], headers.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task MAIL_03_markup_in_names_is_text_in_both_parts()
    {
        const string Markup = "</p><script>alert(1)</script><img src=x onerror=alert(1)><a href=\"https://evil.example/'\">&amp;</a>";
        const string AsText = "</p><script>alert(1)</script><img src=x onerror=alert(1)><a href=\"https: //evil.example/'\">&amp;</a>"; // which no mail program makes a link of
        var inviter = await scene.Portal.Database.SessionAsync((await scene.Portal.Database.PersonAsync("STAFF", Markup, permissions: ["CLIENTS_INVITE"])).Id);
        var contact = await scene.ContactAsync(name: Markup, clientName: Markup);
        await scene.ChangeAsync("inviteContact", contact, inviter);
        var mail = await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));

        Assert.Equal(["a", "body", "div", "div", "h1", "head", "html", "meta", "meta", "meta", "meta", "p", "p", "p", "p", "p", "style", "title"], Regex.Matches(mail.Html, "<([a-z][a-z0-9]*)").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Equal(5, Regex.Count(System.Net.WebUtility.HtmlDecode(mail.Html), Regex.Escape(AsText))); // title and heading, greeting, who invites, where to
        Assert.Equal(4, Regex.Count(mail.Text, Regex.Escape(AsText)));
        Assert.Equal(Scene.TokenOf(mail), Assert.Single(Regex.Matches(mail.Text, @"https?://\S+")).Value[^43..]);
    }

    [Fact] // such an address has no form in ASCII, so its headers leave unencoded (RFC 6531)
    public async Task MAIL_01_an_address_beyond_ASCII_gets_its_mail_and_the_name_is_still_one_line()
    {
        var contact = await scene.ContactAtAsync($"zoë.{Guid.NewGuid():N}@example.com", name: "Eve\r\nBcc: evil@example.org\u2028X: y");
        await scene.InviteAsync(contact);

        var mail = await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));

        var headers = mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain(headers.Split("\r\n"), h => h.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Eve  Bcc: evil@example.org X: y", Platform.Mail.HeaderText.OneLine("Eve\r\nBcc: evil@example.org\u2028X: y"));
    }

    [Fact]
    public async Task MAIL_04_both_parts_of_a_mail_have_one_link_which_leads_to_the_configured_address()
    {
        var contact = await scene.ContactAsync(clientName: "Müller & Co");
        await scene.InviteAsync(contact);
        var mail = await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));
        var invitation = await scene.ScalarAsync<Guid>("select invitation_id from invitations.invitation where contact_id = $1", contact.Id);

        Assert.Equal([contact.Email!], mail.To);
        Assert.Equal($"<{invitation:N}@example.com>", mail.MessageId);
        Assert.Equal("You are invited to Northwind & Söhne", mail.Subject);
        var link = Assert.Single(Regex.Matches(mail.Text, @"https?://\S+")).Value;
        Assert.StartsWith(scene.Portal.Url + "invitation/", link, StringComparison.Ordinal);
        Assert.Equal(link, Assert.Single(Regex.Matches(mail.Html, "https?://[^\"<\\s]+")).Value);
        Assert.Contains("Ida Inviter of Northwind & Söhne invites you to the client portal of Müller & Co.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("color-scheme", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WEB_07_the_links_address_is_the_configured_one_whatever_host_the_request_named()
    {
        var contact = await scene.ContactAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { query = "mutation ($id: ID!) { inviteContact(input: { contactId: $id }) { errors { __typename } } }", variables = new { id = contact.NodeId } }),
            Headers = { Host = "evil.example", Authorization = new("Bearer", scene.Inviter) },
        };
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var response = await scene.Portal.Http.SendAsync(request);

        var mail = await scene.Mail.WaitForAsync(m => m.To.Contains(contact.Email));

        Assert.DoesNotContain("evil", mail.Raw, StringComparison.Ordinal);
        Assert.Contains(scene.Portal.Url + "invitation/", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JOB_03_what_was_rolled_back_is_never_sent()
    {
        var (contact, next) = (await scene.ContactAsync(), await scene.ContactAsync());
        // Fails at the very end of the transaction, when the mail has long been queued.
        await scene.ExecuteAsync($"create function public.fail() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
        await scene.ExecuteAsync($"create constraint trigger fail after insert on mail.outbox deferrable initially deferred for each row when (new.to_address = '{contact.Email}') execute function public.fail()");
        try
        {
            var answer = await scene.Portal.AskAsync("mutation ($id: ID!) { inviteContact(input: { contactId: $id }) { errors { __typename } } }", new { id = contact.NodeId }, scene.Inviter);
            Assert.True(answer.TryGetProperty("errors", out _));
            await scene.InviteAsync(next); // behind it in the queue, had there been one

            Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from mail.outbox where to_address = $1", contact.Email!));
            Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from invitations.invitation where contact_id = $1", contact.Id));
            Assert.DoesNotContain(scene.Mail.Mails, m => m.To.Contains(contact.Email));
        }
        finally
        {
            await scene.ExecuteAsync("drop trigger fail on mail.outbox; drop function public.fail()");
        }
    }

    [Fact]
    public async Task JOB_08_a_mail_that_cannot_be_written_fails_alone()
    {
        var id = Guid.CreateVersion7();
        await scene.ExecuteAsync("insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject) values ($1, 'UNKNOWN_KIND', $1, 'poison@example.com', 'poison@example.com', '', 'Poison')", id);
        await scene.InviteAsync(await scene.ContactAsync());

        await Scene.EventuallyAsync(async () => (await EmailAsync(id)).GetProperty("state").GetString() == "FAILED");

        Assert.NotEqual(JsonValueKind.Null, (await EmailAsync(id)).GetProperty("lastError").ValueKind);
    }

    [Fact]
    public async Task A_mail_that_the_server_refuses_fails_and_staff_can_read_why()
    {
        var contact = await scene.ContactAtAsync($"refuse.{Guid.NewGuid():N}@example.com");
        await scene.ChangeAsync("inviteContact", contact, scene.Inviter);

        await Scene.EventuallyAsync(async () => await scene.ScalarAsync<string>("select detail from invitations.invitation where contact_id = $1", contact.Id) == "DELIVERY_FAILED");

        var emails = (await scene.AskAsync("query ($to: EmailAddress!) { emails(filter: { recipient: $to, state: FAILED }) { totalCount nodes { recipient state attempts lastError notBefore sentAt } } }",
            new { to = contact.Email!.ToUpperInvariant() }, scene.Inviter)).GetProperty("emails");
        Assert.Equal(1, emails.GetProperty("totalCount").GetInt32());
        Assert.Equal(1, emails.GetProperty("nodes")[0].GetProperty("attempts").GetInt32());
        Assert.Contains("No such mailbox", emails.GetProperty("nodes")[0].GetProperty("lastError").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_the_server_puts_off_is_tried_again_after_the_minute()
    {
        var contact = await scene.ContactAtAsync($"defer.{Guid.NewGuid():N}@example.com");
        await scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        Task<bool> TriedAsync(int attempts) => scene.ScalarAsync<bool>($"select exists (select from mail.outbox where to_address = $1 and attempts = {attempts} and state = 'QUEUED')", contact.Email!);
        await Scene.EventuallyAsync(() => TriedAsync(1));

        await scene.PassAsync(contact, TimeSpan.FromMinutes(2));

        await Scene.EventuallyAsync(() => TriedAsync(2));
    }

    [Fact]
    public async Task An_invitation_that_is_taken_back_before_its_mail_leaves_is_not_sent()
    {
        var contact = await scene.ContactAtAsync($"defer.{Guid.NewGuid():N}@example.com");
        await scene.ChangeAsync("inviteContact", contact, scene.Inviter);
        await Scene.EventuallyAsync(() => scene.ScalarAsync<bool>("select exists (select from mail.outbox where to_address = $1 and attempts = 1 and state = 'QUEUED')", contact.Email!));

        await scene.ChangeAsync("revokeInvitation", contact, scene.Inviter);

        Assert.Equal("SUPPRESSED", await scene.ScalarAsync<string>("select state from mail.outbox where to_address = $1", contact.Email!));
    }

    [Fact]
    public async Task The_emails_are_for_inviters()
    {
        foreach (var session in new[] { scene.OtherStaff, await scene.OnboardAsync(await scene.ContactAsync()) })
        {
            var answer = await scene.Portal.AskAsync("{ emails { nodes { id } } }", session: session);
            Assert.Equal("FORBIDDEN", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task In_development_every_mail_is_kept_besides()
    {
        var contact = await scene.ContactAsync();
        var token = await scene.InviteAsync(contact);

        var mails = JsonDocument.Parse(await scene.Portal.Http.GetStringAsync("dev/mail.json")).RootElement;
        var newest = mails.EnumerateArray().First(m => m.GetProperty("to").GetString() == contact.Email);

        Assert.Equal([$"{scene.Portal.Url}invitation/{token}"], newest.GetProperty("links").EnumerateArray().Select(l => l.GetString()));
        Assert.Contains(token, newest.GetProperty("text").GetString(), StringComparison.Ordinal);
        var page = await scene.Portal.Http.GetStringAsync("dev/mail");
        Assert.Contains(contact.Email!, page, StringComparison.Ordinal);
        Assert.Contains($"srcdoc=\"{System.Net.WebUtility.HtmlEncode(newest.GetProperty("html").GetString())}\"", page, StringComparison.Ordinal);
    }

    private async Task<JsonElement> EmailAsync(Guid id) =>
        (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Email { state lastError } } }", new { id = GraphQL.NodeId.Encode("Email", id) }, scene.Inviter)).GetProperty("node");
}
