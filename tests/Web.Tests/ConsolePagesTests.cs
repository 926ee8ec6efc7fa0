using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed class ConsolePagesTests(WebPortal web)
{
    private static readonly string[] Paths =
    [
        "console", "console?q=nothing-like-it", "console/invitations", "console/invitations?show=ONBOARDED", "console/invitations?q=ada", "console/mail", "console/staff", "console/audit", "console/profile", "console/clients/none", "console/contacts/none",
        "{client}", "{client}/invoices", "{client}/work", "{client}/projects", "{client}/events", "{contact}", "{preview}", "{preview}/invoices", "{preview}/calendar",
    ];

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Every_page_of_the_console_can_be_used_by_everybody_at_both_widths_light_and_dark(int width)
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.Page.SetViewportSizeAsync(width, 844);
        var (client, contact, preview) = await FindAsync(sam, "Meridian Studio", "Ada Lindqvist");
        foreach (var path in Paths.Select(p => p.Replace("{client}", client, StringComparison.Ordinal).Replace("{contact}", contact, StringComparison.Ordinal).Replace("{preview}", preview, StringComparison.Ordinal)))
        {
            await sam.OpenAsync(path);
            await CheckInBothAsync(sam, $"/{path} at {width}");
        }

        await sam.OpenAsync("console");
        await sam.Button("Add client").ClickAsync();
        await CheckInBothAsync(sam, $"a dialog at {width}");
    }

    private static async Task CheckInBothAsync(Visitor visitor, string what)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme == ColorScheme.Dark ? "dark" : "light");
            // Colours pass from element to element, a frame each.
            await visitor.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await visitor.Page.WaitForFunctionAsync("() => document.getAnimations().length === 0");
            await visitor.CheckAsync($"{what}, {scheme}");
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Long_names_many_currencies_and_many_contacts_have_room(int width)
    {
        var client = $"Gesellschaft für außerordentlich ausführliche Unternehmensbezeichnungen {width} mbH & Co. Kommanditgesellschaft auf Aktien";
        await web.AddClientAsync(client, [.. Enumerable.Range(100, 120).Select(n => $"Maximiliana Theophania von Hohenstein Wittgenstein {width} {n}")]);
        await web.Portal.Database.ExecuteAsync($"""
            insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax)
            select gen_random_uuid(), id, 'RECHNUNG-ABTEILUNG-SUED-{width}-' || n, 'ISSUED', current_date - 40, current_date - 10, (array['EUR','JPY','USD','CHF','KWD'])[1 + n % 5], 123456789012, 98765432
            from clients.client, generate_series(1, 5) n where name = '{client}'
            """);
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.Page.SetViewportSizeAsync(width, 844);
        await sam.OpenAsync($"console?q={width}%20mbH");
        await sam.CheckAsync($"a list of long names at {width}");
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = client }).ClickAsync();
        await sam.Page.GetByText("1–20 of 120").WaitForAsync();
        await sam.CheckAsync($"a long name's page at {width}");
        await sam.Button("Next").ClickAsync();
        await sam.Page.GetByText("21–40 of 120").WaitForAsync();
        await Assertions.Expect(sam.Button("Next")).ToBeFocusedAsync();
        await sam.Page.GetByRole(AriaRole.List, new() { Name = "Contacts" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "View portal as" }).ClickAsync();
        await sam.Page.GetByText("Outstanding balance").WaitForAsync();
        await sam.CheckAsync($"long amounts of five currencies at {width}");

        await sam.OpenAsync("console/invitations?show=NOT_INVITED");
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "20 more contacts on the client’s page" }).First.WaitForAsync();
        await sam.CheckAsync($"a board of many contacts at {width}");
    }

    [Fact] // WEB-04
    public async Task WEB_04_Stored_texts_are_shown_to_staff_and_never_run()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        var (client, contact, preview) = await FindAsync(sam, WebPortal.Attack, WebPortal.Attack);
        foreach (var path in new[] { "console", "console/invitations", "console/invitations?q=mallory", "console/audit", client, client + "/invoices", client + "/work", client + "/projects", client + "/events", contact, preview })
        {
            await sam.OpenAsync(path);
            Assert.Equal(0, await sam.Page.Locator("main img, main svg[onload], main script, main b[onclick]").CountAsync());
        }

        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync(WebPortal.Attack);
    }

    [Fact]
    public async Task A_preview_shows_the_contacts_own_portal_below_a_banner_and_leads_back()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        var (_, contact, _) = await FindAsync(sam, "Meridian Studio", "Ada Lindqvist");
        await sam.OpenAsync(contact);
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "View portal as" }).ClickAsync();
        await sam.Page.GetByText("You see Meridian Studio’s portal as Ada Lindqvist does.").WaitForAsync();
        await sam.Page.GetByText("Outstanding balance").WaitForAsync();
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "Paid invoices" }).ClickAsync();
        await Assertions.Expect(sam.Page.Locator("tbody tr")).ToHaveCountAsync(8);
        await sam.Page.GetByText("You see Meridian Studio’s portal as Ada Lindqvist does.").WaitForAsync();
        await sam.Button("End preview").ClickAsync();
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Ada Lindqvist");
    }

    [Fact]
    public async Task A_client_and_its_contact_are_added_and_mistakes_are_told_beside_their_field()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.OpenAsync("console");
        await sam.Button("Add client").ClickAsync();
        await sam.DialogButton("Add").ClickAsync();
        await Assertions.Expect(sam.Page.GetByLabel("Name", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await sam.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Tern & Sons");
        await sam.Page.GetByLabel("Currency").FillAsync("eur");
        await sam.DialogButton("Add").ClickAsync();
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Tern & Sons");

        await sam.Button("Add contact").ClickAsync();
        await sam.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Tilda Tern");
        await sam.DialogButton("Add").ClickAsync();
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Tilda Tern");
        await sam.Button("Remove contact").ClickAsync();
        await sam.DialogButton("Remove contact").ClickAsync();
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Tern & Sons");
        await sam.Page.GetByText("No contacts yet").WaitForAsync();
    }

    [Fact]
    public async Task What_a_contact_sees_is_set_by_kind_and_by_record_and_explained()
    {
        await web.AddClientAsync("Access Atlas", "Abel Access");
        await web.Portal.Database.ExecuteAsync("""
            insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at)
            select c.id, c.client_id, 'ONBOARDED', p.id, now() from clients.contact c, accounts.person p where c.name = 'Abel Access' and p.email = 'nora@example.com';
            insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax)
            select gen_random_uuid(), id, 'ATLAS-1', 'ISSUED', current_date, current_date, 'EUR', 100, 19 from clients.client where name = 'Access Atlas'
            """);
        await using var sam = await web.SignInAsync("staff@example.com");
        var (_, contact, _) = await FindAsync(sam, "Access Atlas", "Abel Access");
        await sam.OpenAsync(contact);
        await sam.Page.GetByText("Abel Access sees all records of this kind.").WaitForAsync();

        await sam.Button("Projects only").ClickAsync();
        await sam.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Mail" }).ClickAsync();
        await sam.Page.GetByText("What you changed on this page is not saved yet.").WaitForAsync();
        await sam.DialogButton("Cancel").ClickAsync();
        await Assertions.Expect(sam.Button("Projects only")).ToHaveAttributeAsync("aria-pressed", "true");
        await sam.Button("Save access").ClickAsync();
        await sam.Page.GetByText("Records of this kind are hidden from Abel Access.").WaitForAsync();
        await sam.Page.GetByRole(AriaRole.Combobox, new() { Name = "Exception for ATLAS-1" }).SelectOptionAsync("GRANTED");
        await sam.Page.GetByText("It was granted to Abel Access by name.").WaitForAsync();
        await sam.Page.ReloadAsync();
        await Assertions.Expect(sam.Button("Projects only")).ToHaveAttributeAsync("aria-pressed", "true");
        await sam.Page.GetByText("It was granted to Abel Access by name.").WaitForAsync();

        await sam.Button("Everything").ClickAsync();
        await sam.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Mail" }).ClickAsync();
        await sam.DialogButton("Leave without saving").ClickAsync();
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Mail");
        await sam.OpenAsync(contact);
        await Assertions.Expect(sam.Button("Projects only")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Who_may_not_is_not_led_there_and_is_refused_by_the_API()
    {
        await web.AddStaffAsync("lena@example.com");
        await using var lena = await web.SignInAsync("lena@example.com");
        await Assertions.Expect(lena.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Clients"]);
        await Assertions.Expect(lena.Button("Add client")).ToHaveCountAsync(0);
        foreach (var path in new[] { "console/invitations", "console/mail", "console/staff", "console/audit" })
        {
            await lena.OpenAsync(path);
            await Assertions.Expect(lena.Page.Locator("h1")).ToHaveTextAsync("You may not open this page");
        }

        var answer = await lena.Page.EvaluateAsync<string>("""
            async () => await (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', 'GraphQL-Preflight': '1' },
              body: JSON.stringify({ query: 'mutation { inviteContacts(input: { idempotencyKey: "lena", all: true }) { bulkInvitation { id } errors { ... on Error { code } } } }' }) })).text()
            """);
        Assert.Contains("FORBIDDEN", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_one_who_manages_staff_stays_and_is_told_why()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.OpenAsync("console/staff");
        await sam.Button("Deactivate Sam Staff").ClickAsync();
        await sam.DialogButton("Deactivate").ClickAsync();
        await sam.Page.GetByText("Nobody else can manage staff.").WaitForAsync();
        await sam.DialogButton("Cancel").ClickAsync();
        await Assertions.Expect(sam.Button("Deactivate Sam Staff")).ToBeFocusedAsync();
    }

    private static async Task<(string Client, string Contact, string Preview)> FindAsync(Visitor staff, string client, string contact)
    {
        await staff.OpenAsync("console");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = client, Exact = true }).ClickAsync();
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync(client);
        var clientPath = new Uri(staff.Page.Url).AbsolutePath.Trim('/');
        await staff.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link, new() { Name = contact, Exact = true }).First.ClickAsync();
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync(contact);
        await staff.Page.WaitForURLAsync("**/contacts/**");
        var contactPath = new Uri(staff.Page.Url).AbsolutePath.Trim('/');
        return (clientPath, contactPath, $"console/preview/{clientPath.Split('/')[^1]}/{contactPath.Split('/')[^1]}");
    }
}
