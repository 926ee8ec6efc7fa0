using System.Text.Json;
using ClientPortal.Testing;
using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>A browser with one page, and everything that it complained about: errors, refusals of the content security policy, requests to others.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Web", "node_modules", "axe-core", "axe.min.js"));

    private readonly IBrowserContext context;
    private readonly Uri portal;
    private readonly List<string> complaints = [];

    private Visitor(IBrowserContext context, IPage page, Uri portal)
    {
        this.context = context;
        this.portal = portal;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What may be complained about, because the test provokes it.</summary>
    public Func<string, bool> Expected { get; set; } = _ => false;

    internal static async Task<Visitor> ComeAsync(IBrowser browser, Uri portal)
    {
        var context = await browser.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(WebPortal.Patience);
        await context.AddInitScriptAsync("window.pwned = () => console.error('A stored text was run.'); addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));");
        var visitor = new Visitor(context, await context.NewPageAsync(), portal);
        visitor.Watch();
        return visitor;
    }

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complain($"{Page.Url}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => Complain($"{Page.Url}: {error}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(portal.ToString(), StringComparison.Ordinal))
            {
                Complain($"A request to another server: {request.Url}");
            }

            if (new Uri(request.Url).AbsolutePath.EndsWith("/graphql", StringComparison.Ordinal) && request.Method != "POST")
            {
                Complain($"What is asked stands in an address, where logs keep it: {request.Url}");
            }
        };
    }

    private void Complain(string complaint)
    {
        lock (complaints)
        {
            complaints.Add(complaint);
        }
    }

    /// <summary>Opens a page of the portal and waits until it shows what it is about.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(new Uri(portal, path).ToString());
        await LoadedAsync();
    }

    /// <summary>Waits until there is a heading and nothing is being loaded.</summary>
    public async Task LoadedAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    /// <summary>Fails when axe finds anything serious or critical on the page as it stands, or when the page is wider than the screen.</summary>
    public async Task CheckAsync(string what)
    {
        var found = await Page.EvaluateAsync<JsonElement>($"async () => {{ if (!window.axe) {{ {Axe} }} return (await axe.run(document, {{ resultTypes: ['violations'] }})).violations; }}");
        var serious = found.EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{v.GetProperty("id").GetString()}: {string.Join("; ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("html").GetString() + " " + n.GetProperty("failureSummary").GetString()))}").ToList();
        Assert.True(serious.Count == 0, $"{what}:\n{string.Join("\n", serious)}");
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{what} is wider than the screen.");
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        var unexpected = complaints.Where(c => !Expected(c)).ToList();
        Assert.True(unexpected.Count == 0, string.Join("\n", unexpected));
    }
}
