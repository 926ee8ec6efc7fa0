using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed class AccountTests(WebPortal web)
{
    [Fact]
    public async Task One_sign_in_opens_a_second_client_and_looks_after_its_name_sessions_and_address()
    {
        await web.AddClientAsync("First Harbour", "Paula Profile");
        await using var paula = await web.VisitAsync();
        await web.InviteAsync("Paula Profile");
        await paula.OpenAsync(await web.MailedLinkAsync("paula.profile@example.com"));
        await paula.Page.GetByLabel("Choose a password").FillAsync(WebPortal.Password);
        await paula.Button("Accept the invitation").ClickAsync();
        await Assertions.Expect(paula.Page.Locator("h1")).ToHaveTextAsync("First Harbour");

        await web.Portal.Database.ExecuteAsync("""
            with made as (insert into clients.client (id, number, name, currency) values (gen_random_uuid(), 'T-second', 'Second Harbour', 'EUR') returning id)
            insert into clients.contact (id, client_id, name, email, sign_in_key, recipient_key)
            select gen_random_uuid(), made.id, 'Paula of Second', 'paula.profile@example.com', 'paula.profile@example.com', 'paula.profile@example.com' from made
            """);
        await web.PassHourAsync("paula.profile@example.com");
        await web.InviteAsync("Paula of Second");
        await using var phone = await web.VisitAsync();
        await phone.Page.SetViewportSizeAsync(390, 844);
        var link = ConsoleScene.LinkIn((await web.Mail.WaitForAsync(m => m.To.Contains("paula.profile@example.com") && m.Text.Contains("Second Harbour", StringComparison.Ordinal))).Text);
        await phone.OpenAsync(link);
        await phone.Page.GetByText("You already have a sign-in for this address.").WaitForAsync();
        await phone.CheckAsync("an invitation for somebody with a sign-in");
        await phone.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not this one at all");
        await phone.Button("Accept the invitation").ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await phone.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(WebPortal.Password);
        await phone.Button("Accept the invitation").ClickAsync();
        await Assertions.Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Second Harbour");
        await phone.ChooseAsync("First Harbour");

        await paula.OpenAsync("profile");
        await paula.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Paula Renamed");
        await paula.Button("Save").ClickAsync();
        await paula.Page.GetByText("Saved.").WaitForAsync();
        phone.Expected = complaint => complaint.Contains("401", StringComparison.Ordinal);
        await paula.Page.GetByRole(AriaRole.Button, new() { Name = "End the session of" }).ClickAsync();
        await Assertions.Expect(paula.Page.GetByRole(AriaRole.Button, new() { Name = "End the session of" })).ToHaveCountAsync(0);
        await phone.NavAsync("Work");
        await phone.Page.GetByText("Your session has ended.").WaitForAsync();

        await paula.Page.GetByLabel("New address").FillAsync("paula.elsewhere@example.com");
        await paula.Page.GetByLabel("Your password").FillAsync(WebPortal.Password);
        await paula.Button("Send a link to the new address").ClickAsync();
        await paula.Page.GetByText("A link is on its way to the new address.").WaitForAsync();
        await paula.OpenAsync(ConsoleScene.LinkIn((await web.Mail.WaitForAsync(m => m.To.Contains("paula.elsewhere@example.com"))).Text));
        await paula.CheckAsync("the page that confirms an address");
        await paula.Button("Confirm the address").ClickAsync();
        await paula.Page.GetByText("Sign in with paula.elsewhere@example.com from now on.").WaitForAsync();
    }

    [Fact]
    public async Task Staff_are_added_with_their_permissions_and_these_are_changed()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.OpenAsync("console/staff");
        await sam.Button("Add a member of staff").ClickAsync();
        await sam.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Stella Staff");
        await sam.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox, new() { NameRegex = new("mail") }).FillAsync("stella@example.com");
        await sam.CheckAsync("adding a member of staff");
        await sam.Page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await sam.Page.GetByText("stella@example.com").WaitForAsync();
        await web.Mail.WaitForAsync(m => m.To.Contains("stella@example.com"));
        await sam.Page.GetByRole(AriaRole.Button, new() { Name = "Stella Staff" }).First.ClickAsync();
        await sam.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await sam.Page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(sam.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(sam.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "stella@example.com" })).ToContainTextAsync("May: ");
    }
}
