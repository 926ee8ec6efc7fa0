using System.Text.RegularExpressions;
using ClientPortal.GraphQL;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed partial class PublicPagesTests(WebPortal web)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_in_front_of_the_sign_in_can_be_used_by_everybody(int width, ColorScheme scheme)
    {
        await using var visitor = await web.VisitAsync();
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await visitor.Page.SetViewportSizeAsync(width, 844);
        foreach (var path in new[] { "sign-in", "forgot-password", "reset/none", "confirm-email/none", "invitation/none" })
        {
            await visitor.OpenAsync(path);
            await visitor.CheckAsync($"/{path} at {width}, {scheme}");
        }
    }

    [Fact] // INV-10
    public async Task A_person_on_a_phone_accepts_an_invitation_and_sees_the_balance()
    {
        await using var ivo = await web.VisitAsync();
        await ivo.Page.SetViewportSizeAsync(390, 844);
        await ivo.OpenAsync(await InviteAsync("b0000000-0000-0000-0000-000000000005", "ivo@example.com"));
        Assert.Equal(new Uri(web.Portal.Url, "invitation").ToString(), ivo.Page.Url);
        await ivo.Page.GetByText("Sam Staff invites you to the client portal of Meridian Studio").WaitForAsync();
        await ivo.CheckAsync("the invitation");

        await ivo.Page.GetByLabel("Choose a password").FillAsync("short");
        await ivo.Page.GetByRole(AriaRole.Button, new() { Name = "Accept the invitation" }).ClickAsync();
        await Assertions.Expect(ivo.Page.GetByLabel("Choose a password")).ToHaveAttributeAsync("aria-invalid", "true");
        await ivo.Page.GetByLabel("Choose a password").FillAsync("quite another long sentence");
        await ivo.Page.GetByRole(AriaRole.Button, new() { Name = "Accept the invitation" }).ClickAsync();

        await Assertions.Expect(ivo.Page.Locator("h1")).ToHaveTextAsync("Meridian Studio");
        await ivo.Page.GetByText("Outstanding balance").WaitForAsync();
        await ivo.OpenAsync("invitation");
        await ivo.Page.GetByRole(AriaRole.Heading, new() { Name = "This link is not valid" }).WaitForAsync();
    }

    [Fact]
    public async Task An_expired_invitation_offers_a_new_link_which_arrives()
    {
        var link = await InviteAsync("b0000000-0000-0000-0000-000000000006", "eda@example.com");
        await web.PassHourAsync("eda@example.com");
        await web.Portal.Database.ExecuteAsync("update invitations.invitation set expires_at = clock_timestamp() where contact_id = 'b0000000-0000-0000-0000-000000000006'");
        await using var eda = await web.VisitAsync();
        await eda.OpenAsync(link);
        await eda.Page.GetByRole(AriaRole.Heading, new() { Name = "This link has expired" }).WaitForAsync();
        await eda.CheckAsync("an expired invitation");
        await eda.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a new link" }).ClickAsync();
        await eda.Page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mailbox" }).WaitForAsync();

        var mail = await web.Mail.WaitForAsync(m => m.To.Contains("eda@example.com") && !m.Text.Contains(link, StringComparison.Ordinal));
        await eda.OpenAsync(Link().Match(mail.Text).Groups[1].Value);
        await eda.Page.GetByRole(AriaRole.Heading, new() { Name = "You are invited" }).WaitForAsync();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_in_a_mail()
    {
        await using var nora = await web.VisitAsync();
        await nora.OpenAsync("sign-in");
        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await nora.Page.GetByLabel("E-mail address").FillAsync("nora@example.com");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await nora.Page.GetByText("If nora@example.com has a sign-in here").WaitForAsync();
        var mail = await web.Mail.WaitForAsync(m => m.To.Contains("nora@example.com"));
        await nora.OpenAsync(Link().Match(mail.Text).Groups[1].Value);
        Assert.Equal(new Uri(web.Portal.Url, "reset").ToString(), nora.Page.Url);
        await nora.CheckAsync("the reset page");
        await nora.Page.GetByLabel("New password").FillAsync(WebPortal.Password);
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(nora.Page.Locator("h1")).ToHaveTextAsync("Quiet Harbour");
    }

    private async Task<string> InviteAsync(string contactId, string email)
    {
        var staff = (await web.Portal.AskAsync("mutation ($password: String!) { signIn(input: { email: \"staff@example.com\", password: $password }) { token } }", new { password = WebPortal.Password }))
            .GetProperty("data").GetProperty("signIn").GetProperty("token").GetString();
        await web.Portal.AskAsync("mutation ($id: ID!) { inviteContact(input: { contactId: $id }) { errors { __typename } } }", new { id = NodeId.Encode("Contact", Guid.Parse(contactId)) }, staff);
        return Link().Match((await web.Mail.WaitForAsync(m => m.To.Contains(email))).Text).Groups[1].Value;
    }

    [GeneratedRegex(@"https?://[^/\s]+/((?:invitation|reset|confirm-email)/[\w-]+)")]
    private static partial Regex Link();
}
