using ClientPortal.Accounts.Contracts;
using ClientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>A real host with its front end, a database with something in it, a mail server, and a browser. The tests only add to it.</summary>
public sealed class WebPortal : IAsyncLifetime
{
    public const string Password = "four unrelated words here";

    /// <summary>What an attacker would store: markup, ends of attributes and elements, a template, an address that is a script.</summary>
    public const string Attack = "\"'></script><img src=x onerror=pwned()><svg onload=pwned()>{{pwned()}}${pwned()}javascript:pwned()";

    /// <summary>How long a page may take to show something, in milliseconds: a busy machine is slow, not broken.</summary>
    public static readonly float Patience = (float)Eventually.Patience.TotalMilliseconds;

    private readonly PortalFixture fixture = new();
    private IPlaywright? playwright;
    private IBrowser? browser;
    private TestPortal? portal;
    private DateOnly seededOn;

    public TestPortal Portal => portal ?? throw new InvalidOperationException("Not started.");

    public SmtpSink Mail => fixture.Mail;

    public async Task InitializeAsync()
    {
        await fixture.InitializeAsync();
        portal = await fixture.StartPortalAsync(
            ("Portal:Organisation", "Hallward & Finch"), ("Portal:FirstStaff:Email", "staff@example.com"), ("Portal:FirstStaff:Password", Password), ("Portal:FirstStaff:Name", "Sam Staff"),
            ("GraphQL:OnlyTrustedDocuments", "false"));
        var hash = await Portal.Services.GetRequiredService<IPasswords>().HashAsync(Password, CancellationToken.None);
        var seed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed.sql"));
        seededOn = await TodayAsync();
        await Portal.Database.ExecuteAsync(seed.Replace(":hash", Quoted(hash), StringComparison.Ordinal).Replace(":attack", Quoted(Attack), StringComparison.Ordinal));
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        browser = await Browsers.LaunchAsync(playwright);
    }

    /// <summary>What is due today stays so when a day ends before the test that counts on it.</summary>
    public async Task FollowTheDayAsync()
    {
        var today = await TodayAsync();
        await Portal.Database.ExecuteAsync("update billing.invoice set issued_on = issued_on + ($1 - $2), due_on = due_on + ($1 - $2) where $1 <> $2", today, seededOn);
        seededOn = today;
    }

    private Task<DateOnly> TodayAsync() => Portal.Database.ScalarAsync<DateOnly>("select (now() at time zone 'UTC')::date");

    /// <summary>A browser of its own, watched. Dispose of it: that fails the test when something happened that must not.</summary>
    /// <param name="host">Which host; the first unless given.</param>
    public async Task<Visitor> VisitAsync(Uri? host = null) => await Visitor.ComeAsync(browser!, host ?? Portal.Url); // started

    /// <summary>Starts a second host on the same database, which browsers reach at a port of something in between.</summary>
    public Task<TestPortal> StartSecondAsync(int port, int publicPort) => fixture.StartPortalAsync(Portal.Database, ("urls", $"http://localhost:{port}/"), ("Portal:PublicUrl", $"http://localhost:{publicPort}/"));

    /// <summary>A browser in which somebody is signed in.</summary>
    public async Task<Visitor> SignInAsync(string email, Uri? host = null)
    {
        var visitor = await VisitAsync(host);
        await visitor.OpenAsync("sign-in");
        await visitor.Page.GetByLabel("E-mail address").FillAsync(email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.Locator("main#content h1").WaitForAsync();
        await visitor.LoadedAsync();
        return visitor;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (portal is not null)
        {
            await portal.DisposeAsync();
        }

        await fixture.DisposeAsync();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

[CollectionDefinition(nameof(WebPortal))]
public sealed class WebPortalCollection : ICollectionFixture<WebPortal>;
