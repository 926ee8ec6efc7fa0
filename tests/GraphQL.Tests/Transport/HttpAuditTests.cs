using System.Diagnostics;
using Xunit.Abstractions;

namespace ClientPortal.GraphQL.Tests.Transport;

/// <summary>The audits of the npm package graphql-http, when they lie beside the repository.</summary>
public sealed class HttpAuditTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Every_audit_of_GraphQL_over_HTTP_passes()
    {
        if (Find() is not { } audits)
        {
            output.WriteLine("Not run: there is no ../shared/conformance/http-audit.mjs beside the repository.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("graphql-http-audit").FullName;
        try
        {
            foreach (var file in new[] { "http-audit.mjs", "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(audits, file), Path.Combine(folder, file));
            }

            await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund");
            await using var server = await ShopServer.StartAsync(o => o.Introspection = true); // some audits ask for __type
            await RunAsync(folder, "node", "http-audit.mjs", server.Url.ToString(), "--strict", "--quiet");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClientPortal.sln")))
            {
                var audits = Path.Combine(folder.FullName, "..", "shared", "conformance");
                return File.Exists(Path.Combine(audits, "http-audit.mjs")) ? audits : null;
            }
        }

        return null;
    }

    private async Task RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Limit);
        await process.WaitForExitAsync();
        output.WriteLine(string.Join(Environment.NewLine, text));
        Assert.True(process.ExitCode == 0, string.Join(Environment.NewLine, text));
    }
}
