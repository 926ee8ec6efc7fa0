using System.Diagnostics;
using System.Net;

namespace ClientPortal.Testing;

/// <summary>The built host as its own process, with exactly the settings that a test gives.</summary>
public sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4); // a first start may have to fetch PostgreSQL
    private static readonly HttpClient Http = new() { Timeout = Eventually.Patience };

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private HostProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">A command, or settings as <c>--Key=value</c>.</param>
    /// <param name="settings">Environment variables; none of this process reaches it that is a setting of the host.</param>
    public static HostProcess Start(string[] arguments, params (string Key, string Value)[] settings)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "ClientPortal.Host.dll");
        // A shell's background job ignores SIGINT and hands that down; the host must get it as from a terminal.
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", host, .. arguments])
            : new ProcessStartInfo("dotnet", [host, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var key in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return new HostProcess(Process.Start(start) ?? throw new InvalidOperationException("The host did not start."));
    }

    private static bool IsSetting(string key) =>
        new[] { "ConnectionStrings__", "Portal__", "Smtp__", "ASPNETCORE_", "Logging__" }.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Runs the host to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, params (string Key, string Value)[] settings)
    {
        using var host = Start(arguments, settings);
        return await host.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output.WaitAsync(Limit), await errors.WaitAsync(Limit));
    }

    /// <summary>Waits until the host says that it is ready.</summary>
    public async Task ReadyAsync(int port)
    {
        var deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (await StatusAsync(port) != HttpStatusCode.OK)
        {
            if (process.HasExited || Environment.TickCount64 > deadline)
            {
                throw new InvalidOperationException($"The host did not become ready: {(process.HasExited ? await errors : "it still runs")}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>What the readiness endpoint answers; null while nobody listens.</summary>
    public static async Task<HttpStatusCode?> StatusAsync(int port)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri($"http://localhost:{port}/healthz/ready"));
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // not listening yet
        }
    }

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended, by whatever cause.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Sends it a signal, e.g. <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        process.Kill(); // this process alone: its PostgreSQL survives
        await process.WaitForExitAsync().WaitAsync(Limit);
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
