using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>What people see when something does not work, and how they get on.</summary>
[Collection(nameof(WebPortal))]
public sealed class FailureTests(WebPortal web)
{
    [Fact]
    public async Task Without_a_network_what_was_read_stays_and_the_rest_comes_once_it_is_back()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        ada.Expected = complaint => new[] { "ERR_INTERNET_DISCONNECTED", "[Network]", "preload" }.Any(c => complaint.Contains(c, StringComparison.Ordinal));
        await ada.ChooseAsync("Meridian Studio");

        await ada.Page.Context.SetOfflineAsync(true);
        await ada.Page.GetByText("You are offline.").WaitForAsync();
        await ada.NavAsync("Calendar");
        await ada.Page.GetByText("The portal cannot be reached.").WaitForAsync();
        await ada.CheckAsync("a page that cannot be loaded");
        await ada.NavAsync("Overview");
        await ada.Page.GetByText("Outstanding balance").WaitForAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await ada.Page.GetByText("You are still signed in.").WaitForAsync();

        await ada.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(ada.Page.GetByText("You are offline.")).ToHaveCountAsync(0);
        await ada.NavAsync("Calendar");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Next month" }).WaitForAsync();
    }

    [Fact]
    public async Task A_page_that_could_not_be_loaded_comes_by_itself_once_the_network_is_back()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        ada.Expected = complaint => new[] { "ERR_INTERNET_DISCONNECTED", "[Network]", "preload" }.Any(c => complaint.Contains(c, StringComparison.Ordinal));
        await ada.ChooseAsync("Meridian Studio");

        await ada.Page.Context.SetOfflineAsync(true);
        await ada.NavAsync("Calendar");
        await ada.Page.GetByText("The portal cannot be reached.").WaitForAsync();
        await ada.Page.Context.SetOfflineAsync(false); // at once: what failed a moment ago must not count any more

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Next month" }).WaitForAsync();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_portal_that_answers_nonsense_says_so_and_can_be_tried_again(int width, ColorScheme scheme)
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        ada.Expected = complaint => complaint.Contains("502", StringComparison.Ordinal) || complaint.Contains("[Network]", StringComparison.Ordinal);
        await ada.ChooseAsync("Meridian Studio");
        await ada.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await ada.Page.SetViewportSizeAsync(width, 844);
        await ada.Page.RouteAsync("**/graphql", route => route.FulfillAsync(new() { Status = 502, ContentType = "text/html", Body = "<h1>Bad gateway</h1>" }));

        await ada.NavAsync("Projects");
        await ada.Page.GetByText("Something went wrong on our side.").WaitForAsync();
        await ada.CheckAsync($"a list that failed at {width}, {scheme}");
        await ada.Page.ReloadAsync();
        await Assertions.Expect(ada.Page.Locator("h1")).ToHaveTextAsync("This page does not work right now");
        await ada.CheckAsync($"a portal that failed at {width}, {scheme}");
        await ada.Page.UnrouteAllAsync();
        await ada.Button("Try again").ClickAsync();

        await ada.Page.GetByText("New harbour office").WaitForAsync();
    }

    [Fact]
    public async Task A_fault_of_the_host_is_told_with_its_number_and_nothing_of_its_inside()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        ada.Expected = complaint => complaint.Contains("500", StringComparison.Ordinal);
        await ada.ChooseAsync("Meridian Studio");
        await web.Portal.Database.ExecuteAsync("create policy broken on projects.project as restrictive for select using (1 / (length(name) - length(name)) = 1)");
        try
        {
            await ada.NavAsync("Projects");
            await Assertions.Expect(ada.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Something went wrong on our side." })).ToContainTextAsync(new Regex("name [0-9a-f-]{8,}"));
            await Assertions.Expect(ada.Page.Locator("body")).Not.ToContainTextAsync("division");
        }
        finally
        {
            await web.Portal.Database.ExecuteAsync("drop policy broken on projects.project");
        }

        await ada.Button("Try again").ClickAsync();
        await ada.Page.GetByText("New harbour office").WaitForAsync();
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_anew_stays_and_says_that_it_may_be_old()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        sam.Expected = complaint => complaint.Contains("503", StringComparison.Ordinal);
        await sam.NavAsync("Audit trail");
        await sam.LoadedAsync();
        await sam.Page.RouteAsync("**/graphql", route => route.FulfillAsync(new() { Status = 503, Body = "" }));

        await sam.NavAsync("Clients");
        await sam.Page.GetByText("What you see may be out of date.").WaitForAsync();
        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "Meridian Studio", Exact = true }).WaitForAsync();
        await sam.CheckAsync("a list that may be old");
        await sam.Page.UnrouteAllAsync();
        await sam.Button("Try again").ClickAsync();

        await Assertions.Expect(sam.Page.GetByText("What you see may be out of date.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_asked_for_rest_while_a_page_is_loaded()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        var mayAnswer = new TaskCompletionSource();
        await ada.Page.RouteAsync("**/graphql", async route =>
        {
            await mayAnswer.Task;
            await route.ContinueAsync();
        });

        await ada.NavAsync("Projects");
        await ada.Page.Locator("main [aria-busy=true]").WaitForAsync();
        await ada.CheckAsync("a sketch");
        await ada.Page.WaitForFunctionAsync("() => document.getAnimations().every(a => a.playState === 'finished')");
        Assert.Equal(1, await ada.Page.Locator("main [aria-busy=true] [role=status]").CountAsync());
        mayAnswer.SetResult();
        await ada.Page.GetByText("New harbour office").WaitForAsync();
    }

    [Fact]
    public async Task Pressing_twice_does_it_once()
    {
        await using var sam = await web.SignInAsync("staff@example.com");
        await sam.Button("Add client").ClickAsync();
        await sam.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Once Only");
        await sam.DialogButton("Add").EvaluateAsync("button => { button.click(); button.click(); button.form.requestSubmit(); }");
        await Assertions.Expect(sam.Page.Locator("h1")).ToHaveTextAsync("Once Only");

        await sam.OpenAsync("console?q=Once%20Only");
        await Assertions.Expect(sam.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await web.AddClientAsync("Invited Once", "Ines Impatient");
        await sam.OpenAsync("console/invitations?q=ines");
        await sam.Button("Invite Ines Impatient").EvaluateAsync("button => { button.click(); button.click(); }");
        await Assertions.Expect(sam.Row("Ines Impatient")).ToContainTextAsync("Sent, valid until");
        await sam.LoadedAsync();
        await Assertions.Expect(sam.Row("Ines Impatient")).Not.ToContainTextAsync("At most");
    }
}
