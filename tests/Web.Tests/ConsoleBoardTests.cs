using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed class ConsoleBoardTests(WebPortal web)
{
    [Fact]
    public async Task From_the_board_to_the_contacts_dashboard_and_back_out_again_live_in_every_browser()
    {
        await web.AddClientAsync("Northlight Labs", "Bea Board", "Nils Nomail*");
        await using var sam = await web.SignInAsync("staff@example.com");
        await using var other = await web.SignInAsync("staff@example.com");
        foreach (var staff in new[] { sam, other })
        {
            await staff.OpenAsync("console/invitations");
            await Assertions.Expect(staff.Row("Bea Board")).ToContainTextAsync("Not invited");
        }

        await sam.Button("Invite all contacts of Northlight Labs").ClickAsync();
        await sam.DialogButton("Invite").ClickAsync();
        await sam.Page.GetByRole(AriaRole.Heading, new() { Name = "Invitations done" }).WaitForAsync();
        await sam.CheckAsync("a run that is done");
        await sam.Button("Show the one skipped, and why").ClickAsync();
        await Assertions.Expect(sam.Page.GetByRole(AriaRole.List, new() { Name = "What became of each" })).ToContainTextAsync("No e-mail address");
        await Assertions.Expect(other.Row("Bea Board")).ToContainTextAsync("Sent, valid until");

        await using var bea = await web.VisitAsync();
        await bea.OpenAsync(await web.MailedLinkAsync("bea.board@example.com"));
        await bea.Page.GetByLabel("Choose a password").FillAsync("quite another long sentence");
        await bea.Button("Accept the invitation").ClickAsync();
        await Assertions.Expect(bea.Page.Locator("h1")).ToHaveTextAsync("Northlight Labs");
        await bea.Page.GetByText("Outstanding balance").WaitForAsync();
        await Assertions.Expect(sam.Page.GetByRole(AriaRole.List, new() { Name = "Contacts of Northlight Labs" })).ToContainTextAsync("Onboarded");
        await Assertions.Expect(other.Row("Bea Board")).ToContainTextAsync("Onboarded");

        await sam.Button("Revoke access of Bea Board to the portal").ClickAsync();
        await sam.Page.GetByText("signed out of Northlight Labs’s portal at once").WaitForAsync();
        await sam.DialogButton("Revoke access").ClickAsync();
        await Assertions.Expect(other.Row("Bea Board")).ToContainTextAsync("Access was taken back");
        bea.Expected = _ => true; // the host says that the session is over
        await bea.Page.ReloadAsync();
        await Assertions.Expect(bea.Page.Locator("body")).Not.ToContainTextAsync("Outstanding balance");
    }

    [Fact]
    public async Task Contacts_are_chosen_and_invited_by_keyboard_alone_and_the_mail_limit_says_when()
    {
        await web.AddClientAsync("Keyboard Kiosk", "Kim Keys", "Kurt Keys");
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.OpenAsync("console/invitations?q=keys");
        var first = sam.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Kim Keys" });
        await first.FocusAsync();
        await sam.Page.Keyboard.PressAsync("Space");
        await sam.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(sam.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Kurt Keys" })).ToBeFocusedAsync();
        await sam.Page.Keyboard.PressAsync("Space");
        await sam.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(first).ToBeFocusedAsync();
        await sam.Button("Invite 2 selected").FocusAsync();
        await sam.Page.Keyboard.PressAsync("Enter");
        await sam.DialogButton("Invite").FocusAsync();
        await sam.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(sam.Row("Kim Keys").First).ToContainTextAsync("Sent, valid until");
        await Assertions.Expect(sam.Row("Kurt Keys").First).ToContainTextAsync("Sent, valid until");
        await sam.Button("Send again: a new link for Kim Keys").FocusAsync();
        await sam.Page.Keyboard.PressAsync("Enter");
        await sam.Page.GetByText("At most one invitation mail a minute goes to one address. Try again from").WaitForAsync();
        await sam.Button("Take back the invitation of Kim Keys").FocusAsync();
        await sam.Page.Keyboard.PressAsync("Enter");
        await sam.Page.GetByText("The link in the mail stops working at once.").WaitForAsync();
        await sam.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sam.Button("Take back the invitation of Kim Keys")).ToBeFocusedAsync();
        await Assertions.Expect(sam.Row("Kim Keys").First).ToContainTextAsync("Sent, valid until");
    }
}
