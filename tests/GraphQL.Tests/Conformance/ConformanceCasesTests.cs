using System.Diagnostics;
using Xunit.Abstractions;

namespace ClientPortal.GraphQL.Tests.Conformance;

public sealed class ConformanceCasesTests(ITestOutputHelper output)
{
    [ConformanceFact]
    public async Task Every_conformance_case_passes()
    {
        var copy = Directory.CreateTempSubdirectory("clientportal-conformance-").FullName;
        try
        {
            await RunAsync("cp", ["-R", Repository.Cases + "/.", copy], "/");
            await RunAsync("chmod", ["-R", "u+w", copy], "/");
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], copy);
            var report = await RunAsync("node", ["run-cases.mjs", "--cases", "cases", "--adapter", $"dotnet {Repository.Adapter}", "--require", "parse,schema,validate,execute,subscribe"], copy);
            output.WriteLine(report);
            Assert.Contains("fail=0", report, StringComparison.Ordinal);
            Assert.Contains("skip=0", report, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var told = process.StandardOutput.ReadToEndAsync(limit.Token);
        var wrong = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.\n{await told}\n{await wrong}");
        return await told;
    }
}
