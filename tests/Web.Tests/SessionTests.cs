using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed class SessionTests(WebPortal web)
{
    [Fact]
    public async Task Whoever_is_not_signed_in_comes_back_to_where_they_were_going()
    {
        await using var visitor = await web.VisitAsync();
        await visitor.OpenAsync("invoices?status=paid");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await SubmitAsync(visitor, "wrong password here");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The address or the password is wrong");
        await SubmitAsync(visitor, WebPortal.Password);
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Invoices");
        Assert.EndsWith("/invoices?status=paid", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ended_elsewhere_leads_to_a_friendly_sign_in()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        ada.Expected = complaint => complaint.Contains("401", StringComparison.Ordinal); // the browser itself notes it
        await web.Portal.Database.ExecuteAsync("update accounts.session set ended_at = clock_timestamp() where person_id = 'a0000000-0000-0000-0000-000000000001'");

        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Projects", Exact = true }).ClickAsync();

        await ada.Page.GetByText("Your session has ended. Please sign in again.").WaitForAsync();
        await SubmitAsync(ada, WebPortal.Password);
        await Assertions.Expect(ada.Page.Locator("h1")).ToHaveTextAsync("Projects");
    }

    [Fact] // SES-02
    public async Task After_signing_out_the_way_back_shows_nothing()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.OpenAsync("invoices");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(ada.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await ada.Page.GoBackAsync();
        await Assertions.Expect(ada.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Equal(0, await ada.Page.GetByText("INV-2026").CountAsync());
    }

    [Fact]
    public async Task Everything_is_reached_with_the_keyboard()
    {
        await using var visitor = await web.VisitAsync();
        await visitor.OpenAsync("sign-in");
        await Assertions.Expect(visitor.Page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("nora@example.com");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(WebPortal.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Quiet Harbour");
        await visitor.OpenAsync("");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.MenuHasFocusAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Dark" }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await visitor.OpenAsync("invoices");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
    }

    private static async Task SubmitAsync(Visitor visitor, string password)
    {
        await visitor.Page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
