using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed class PortalPagesTests(WebPortal web)
{
    private static readonly string[] Paths =
    [
        "", "invoices", "invoices?status=overdue", "invoices?q=nothing-like-it", "invoices/{invoice}", "work", "projects", "projects/{project}", "calendar", "calendar?view=list", "profile", "no-such-page", "invoices/none", "projects/none",
    ];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_can_be_used_by_everybody_at_both_widths_light_and_dark(int width, ColorScheme scheme)
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        await ada.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await ada.Page.SetViewportSizeAsync(width, 844);
        foreach (var path in await ada.KnownAsync(Paths))
        {
            await ada.OpenAsync(path);
            await ada.CheckAsync($"/{path} at {width}, {scheme}");
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pages_without_anything_to_show_say_so(int width, ColorScheme scheme)
    {
        await using var nora = await web.SignInAsync("nora@example.com");
        await nora.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await nora.Page.SetViewportSizeAsync(width, 844);
        foreach (var (path, text) in new[] { ("", "Nothing to pay"), ("invoices", "No invoices yet"), ("work", "No approved work yet"), ("projects", "No projects yet"), ("calendar?view=list", "No dates ahead") })
        {
            await nora.OpenAsync(path);
            await nora.Page.GetByText(text).First.WaitForAsync();
            await nora.CheckAsync($"/{path} at {width}, {scheme}");
        }
    }

    [Fact] // WEB-04
    public async Task WEB_04_Stored_texts_are_shown_and_never_run()
    {
        await using var mallory = await web.SignInAsync("mallory@example.com");
        foreach (var path in await mallory.KnownAsync(Paths))
        {
            await mallory.OpenAsync(path);
            Assert.Equal(0, await mallory.Page.Locator("main img, main svg[onload], main script, main b[onclick]").CountAsync());
        }

        await mallory.OpenAsync("");
        await Assertions.Expect(mallory.Page.Locator("h1")).ToHaveTextAsync(WebPortal.Attack);
        await mallory.OpenAsync("work");
        await mallory.Page.GetByText(WebPortal.Attack).First.WaitForAsync();
    }

    [Fact]
    public async Task Figures_lead_to_their_lists_and_lists_are_searched_filtered_and_paged()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        var page = ada.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Paid invoices" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Paid", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(8);
        await page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true }).ClickAsync();
        await page.GetByText("1–20 of 25").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByText("21–25 of 25").WaitForAsync();
        await page.GoBackAsync();
        await page.GetByText("1–20 of 25").WaitForAsync();
        await page.GetByLabel("Search by number or note").FillAsync("2026-007");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "INV-2026-007" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Invoice INV-2026-007");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_calendar_goes_from_month_to_month_and_back()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        await ada.NavAsync("Calendar");
        var month = ada.Page.Locator("main h2[aria-live]");
        var now = await month.TextContentAsync() ?? "";
        await ada.Button("Next month").ClickAsync();
        await Assertions.Expect(month).Not.ToHaveTextAsync(now);
        await ada.Button("Today").ClickAsync();
        await Assertions.Expect(month).ToHaveTextAsync(now);
        await Assertions.Expect(ada.Page.Locator("time[aria-current=date]")).ToHaveCountAsync(1);
        await ada.Button("List").ClickAsync();
        await ada.Page.GetByText("Hand-over").First.WaitForAsync();
    }

    [Fact]
    public async Task The_balance_and_its_ages_are_those_of_the_invoices()
    {
        await web.FollowTheDayAsync();
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");

        // Invoice n is due 10 n - 30 days ago; 9 to 16 are paid, 25 is void. Due today is not late, 30 days are the end of the first month.
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Outstanding balance" })).ToContainTextAsync("€48,422.00");
        foreach (var (age, amount) in new[] { ("Not yet due", "€4,451.46"), ("1–30 days", "€5,773.65"), ("31–60 days", "€4,583.65"), ("61–90 days", "–"), ("Over 90 days", "€33,613.24") })
        {
            await Assertions.Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = age })).ToContainTextAsync(amount);
        }
    }

    [Fact]
    public async Task An_invoice_prints_on_one_clean_page()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        await ada.OpenAsync("invoices?q=2026-009");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "INV-2026-009" }).ClickAsync();
        await ada.Page.GetByText("Left to pay").WaitForAsync();

        await ada.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var hidden in new[] { ada.Page.GetByRole(AriaRole.Navigation), ada.Page.GetByRole(AriaRole.Button, new() { Name = "Print" }) })
        {
            await Assertions.Expect(hidden).ToHaveCountAsync(0);
        }

        // Ink on paper, also for those who read on a dark screen.
        await ada.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(ada.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await Assertions.Expect(ada.Page.Locator("article")).ToHaveCSSAsync("color", "rgb(35, 34, 31)");
        var pdf = System.Text.Encoding.Latin1.GetString(await ada.Page.PdfAsync(new() { Format = "A4" }));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(pdf, "/Type /Page[^s]"));
    }

    [Fact]
    public async Task A_person_with_two_clients_sees_one_at_a_time_and_each_tab_has_its_own()
    {
        await using var ada = await web.SignInAsync("ada@example.com");
        await ada.ChooseAsync("Meridian Studio");
        await ada.ChooseAsync("Quiet Harbour");
        await ada.Page.GetByText("Nothing to pay").WaitForAsync();
        Assert.Equal(0, await ada.Page.GetByText("INV-2026").CountAsync());
        await ada.ChooseAsync("Meridian Studio");
        await ada.Page.GetByText("INV-2026-001").WaitForAsync();
    }
}
