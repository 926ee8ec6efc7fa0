using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>What visitors of the portal do again and again.</summary>
internal static class Walking
{
    /// <summary>Goes to a page by the navigation.</summary>
    public static Task NavAsync(this Visitor visitor, string page) =>
        visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = page, Exact = true }).ClickAsync();

    /// <summary>Waits until a menu that has just opened has taken the focus: a moment later it would take it from whatever a test gave it to.</summary>
    public static Task MenuHasFocusAsync(this Visitor visitor) => Assertions.Expect(visitor.Page.Locator("[role=menu]:focus-within")).ToHaveCountAsync(1);

    /// <summary>Opens another client's portal through the menu.</summary>
    public static async Task ChooseAsync(this Visitor visitor, string client)
    {
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Switch client" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = client }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(client);
        await visitor.LoadedAsync();
    }

    /// <summary>The paths with the ids of an invoice and a project that the visitor sees in their lists.</summary>
    public static async Task<IReadOnlyList<string>> KnownAsync(this Visitor visitor, IReadOnlyList<string> paths)
    {
        var ids = new Dictionary<string, string>();
        foreach (var (name, list) in new[] { ("{invoice}", "invoices"), ("{project}", "projects") })
        {
            await visitor.OpenAsync(list);
            var href = await visitor.Page.Locator($"main a[href*='/{list}/']").First.GetAttributeAsync("href");
            ids[name] = href!.Split('/')[^1]; // the locator asked for the attribute
        }

        return [.. paths.Select(path => ids.Aggregate(path, (p, id) => p.Replace(id.Key, id.Value, StringComparison.Ordinal)))];
    }
}
