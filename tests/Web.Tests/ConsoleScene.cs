using System.Text.RegularExpressions;
using ClientPortal.Testing;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>What tests of the console set up and do again and again. Each test has a client of its own, so they do not meet.</summary>
internal static partial class ConsoleScene
{
    /// <summary>Adds a client whose contacts have the names given, each with an address made of it, or none where the name ends with an asterisk.</summary>
    public static Task AddClientAsync(this WebPortal web, string name, params string[] contacts) => web.Portal.Database.ExecuteAsync($"""
        with made as (insert into clients.client (id, number, name, currency) values (gen_random_uuid(), 'T-' || left(md5('{name}'), 8), '{name}', 'EUR') returning id)
        insert into clients.contact (id, client_id, name, email, sign_in_key, recipient_key)
        select gen_random_uuid(), made.id, rtrim(n, '*'), a.address, a.address, a.address from made, unnest(array[{string.Join(", ", contacts.Select(c => $"'{c}'"))}]) n
        cross join lateral (select case when n not like '%*' then replace(lower(n), ' ', '.') || '@example.com' end as address) a
        """);

    /// <summary>Adds a member of staff who may do what is given and nothing else.</summary>
    public static Task AddStaffAsync(this WebPortal web, string email, params string[] permissions) => web.Portal.Database.ExecuteAsync($"""
        with made as (
          insert into accounts.person (id, member_type, name, email, email_key, password_hash)
          select gen_random_uuid(), 'STAFF', 'Lena Looker', '{email}', '{email}', password_hash from accounts.person where email = 'ada@example.com' returning id)
        insert into accounts.staff_permission select made.id, p from made, unnest(array[{string.Join(", ", permissions.Select(p => $"'{p}'"))}]::text[]) p
        """);

    /// <summary>The board's row of a contact.</summary>
    public static ILocator Row(this Visitor visitor, string contact) => visitor.Page.Locator("li").Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Link, new() { Name = contact, Exact = true }) });

    /// <summary>A button by its whole name.</summary>
    public static ILocator Button(this Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A button of the dialog that is open.</summary>
    public static ILocator DialogButton(this Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The link in the invitation that was mailed to an address.</summary>
    public static async Task<string> MailedLinkAsync(this WebPortal web, string address) =>
        LinkIn((await web.Mail.WaitForAsync(m => m.To.Contains(address))).Text);

    /// <summary>An hour passes for a mailbox, once what became of its mails is written down.</summary>
    public static async Task PassHourAsync(this WebPortal web, string address)
    {
        await Eventually.TrueAsync(() => web.Portal.Database.ScalarAsync<bool>("select not exists (select from mail.outbox where to_address = $1 and state in ('QUEUED', 'SENDING'))", address));
        await web.Portal.Database.ExecuteAsync("update mail.attempt a set reserved_at = reserved_at - interval '1 hour', lease_until = lease_until - interval '1 hour', finished_at = finished_at - interval '1 hour' from mail.outbox o where o.id = a.outbox_id and o.to_address = $1", address);
    }

    /// <summary>The portal's link in a mail's text.</summary>
    public static string LinkIn(string text) => Link().Match(text).Value;

    /// <summary>Invites the contact with a name, as staff.</summary>
    public static async Task InviteAsync(this WebPortal web, string contact)
    {
        var staff = (await web.Portal.DataAsync("mutation ($password: String!) { signIn(input: { email: \"staff@example.com\", password: $password }) { token } }", new { password = WebPortal.Password })).GetProperty("signIn").GetProperty("token").GetString();
        var found = (await web.Portal.DataAsync("query ($search: String) { contacts(first: 1, filter: { search: $search }) { nodes { id } } }", new { search = contact }, staff)).GetProperty("contacts").GetProperty("nodes")[0].GetProperty("id").GetString();
        await web.Portal.DataAsync("mutation ($id: ID!) { inviteContact(input: { contactId: $id }) { errors { __typename } } }", new { id = found }, staff);
    }

    [GeneratedRegex(@"http://\S+/(?:invitation|reset|confirm-email)/[^\s>]+")]
    private static partial Regex Link();
}
