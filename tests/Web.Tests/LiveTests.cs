using ClientPortal.Testing;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>Pages that follow what happens, and what becomes of that when the host is gone for a while.</summary>
[Collection(nameof(WebPortal))]
public sealed class LiveTests(WebPortal web)
{
    [Fact]
    public async Task A_board_whose_host_was_gone_shows_what_happened_meanwhile_once_it_is_back()
    {
        await web.AddClientAsync("Comeback Cooperative", "Cleo Comeback", "Carl Comeback");
        var port = PortalFixture.FreePort();
        await using var way = new TcpProxy(port);
        await using var second = await web.StartSecondAsync(port, way.Port);
        await using var sam = await web.SignInAsync("staff@example.com", new Uri($"http://localhost:{way.Port}/"));
        sam.Expected = _ => true; // the browser notes every connection that breaks
        await sam.OpenAsync("console/invitations");
        await sam.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        await Assertions.Expect(sam.Row("Cleo Comeback")).ToContainTextAsync("Not invited");

        way.Cut();
        await sam.Page.GetByText("Not live, connecting again…").WaitForAsync();
        await web.InviteAsync("Cleo Comeback");
        await web.Mail.WaitForAsync(m => m.To.Contains("cleo.comeback@example.com"));
        await Assertions.Expect(sam.Row("Cleo Comeback")).ToContainTextAsync("Not invited");
        way.Mend();

        await sam.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        await Assertions.Expect(sam.Row("Cleo Comeback")).ToContainTextAsync("Sent, valid until");
        await web.InviteAsync("Carl Comeback");
        await Assertions.Expect(sam.Row("Carl Comeback")).ToContainTextAsync("Sent, valid until");
        await sam.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Carl Comeback: Invited" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    [Fact]
    public async Task A_board_whose_session_ended_leads_to_the_sign_in_by_itself()
    {
        await web.AddStaffAsync("ivy@example.com", "CLIENTS_INVITE");
        await using var ivy = await web.SignInAsync("ivy@example.com");
        ivy.Expected = complaint => complaint.Contains("401", StringComparison.Ordinal) || complaint.Contains("WebSocket", StringComparison.Ordinal);
        await ivy.OpenAsync("console/invitations");
        await ivy.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();

        await web.Portal.Database.ExecuteAsync("update accounts.session set ended_at = clock_timestamp() where person_id = (select id from accounts.person where email = 'ivy@example.com')");

        await ivy.Page.GetByText("Your session has ended. Please sign in again.").WaitForAsync();
    }
}
