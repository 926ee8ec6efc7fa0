using Microsoft.Playwright;

namespace ClientPortal.Web.Tests;

/// <summary>The system's own Chromium: the browsers that Playwright would bring cannot be had everywhere.</summary>
internal static class Browsers
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];

    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        "/usr/bin", "/snap/bin", "/Applications/Google Chrome.app/Contents/MacOS", "/Applications/Chromium.app/Contents/MacOS", @"C:\Program Files\Google\Chrome\Application",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(),
        Timeout = WebPortal.Patience,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

    private static string Find() =>
        Folders.SelectMany(folder => Names.Append("Google Chrome").Append("Chromium").Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The tests of the front end need Chromium, and there is none: apt-get install chromium (.ci/run does it), or install Chrome.");
}
