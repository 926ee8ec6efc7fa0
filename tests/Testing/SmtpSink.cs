using System.Diagnostics;
using System.Text.Json;

namespace ClientPortal.Testing;

/// <summary>A real SMTP server (Node.js, smtp-server) that hands over every mail that it was given.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly List<ReceivedMail> mails = [];
    private readonly Dictionary<int, TaskCompletionSource> echoes = [];
    private readonly Lock gate = new();
    private readonly Lock telling = new();
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;

    private SmtpSink(Process process) => this.process = process;

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The mails until now, in the order of their arrival.</summary>
    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (gate)
            {
                return [.. mails];
            }
        }
    }

    /// <summary>Starts the server; installs its packages first when they are missing.</summary>
    /// <param name="arguments">As the head of <c>sink.mjs</c> says.</param>
    public static async Task<SmtpSink> StartAsync(params string[] arguments)
    {
        var folder = Path.Combine(SourceTree.Root, "tests", "Testing", "smtp");
        await InstallAsync(folder);
        var process = Start("node", ["sink.mjs", .. arguments], folder);
        var sink = new SmtpSink(process);
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The SMTP sink did not start: {await process.StandardError.ReadToEndAsync()}");
        sink.Port = JsonDocument.Parse(first).RootElement.GetProperty("port").GetInt32();
        sink.reading = sink.ReadAsync();
        return sink;
    }

    // Test assemblies run at the same time: one of them installs, the others wait. npm writes its own record last.
    private static async Task InstallAsync(string folder)
    {
        using var turn = await TakeTurnAsync(Path.Combine(folder, "install.lock"));
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return;
        }

        using var npm = OperatingSystem.IsWindows() ? Start("cmd.exe", ["/c", "npm", "ci"], folder) : Start("npm", ["ci", "--no-audit", "--no-fund"], folder);
        var output = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed in {folder}: {string.Concat(output)}");
        }
    }

    private static async Task<IDisposable> TakeTurnAsync(string path)
    {
        var deadline = Environment.TickCount64 + 120_000;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                await Task.Delay(100);
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    }) ?? throw new InvalidOperationException($"{program} did not start.");

    /// <summary>How it misbehaves from now on, as the head of <c>sink.mjs</c> says, e.g. <c>new { late = 500 }</c>.</summary>
    public Task MisbehaveAsync(object faults)
    {
        Tell(faults);
        return Task.CompletedTask;
    }

    /// <summary>Returns once every mail that the server has answered by now is among <see cref="Mails"/>: who sent it may know of it sooner than the tests.</summary>
    public async Task CaughtUpAsync()
    {
        var (number, echo) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            number = echoes.Count;
            echoes.Add(number, echo);
        }

        Tell(new { echo = number });
        await echo.Task.WaitAsync(Eventually.Patience);
    }

    private void Tell(object line)
    {
        lock (telling)
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(line, Json));
            process.StandardInput.Flush();
        }
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("{\"echo\"", StringComparison.Ordinal))
            {
                var number = JsonDocument.Parse(line).RootElement.GetProperty("echo").GetInt32();
                lock (gate)
                {
                    echoes[number].SetResult();
                }

                continue;
            }

            var mail = JsonSerializer.Deserialize<ReceivedMail>(line, Json) ?? throw new JsonException(line);
            lock (gate)
            {
                mails.Add(mail);
                arrival.SetResult();
                arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Waits for the first mail of which something is true, one that is there already included.</summary>
    /// <exception cref="TimeoutException">None came within the limit (<see cref="Eventually.Patience"/> unless given).</exception>
    public async Task<ReceivedMail> WaitForAsync(Func<ReceivedMail, bool> condition, TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? Eventually.Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (mails.FirstOrDefault(condition) is { } mail)
                {
                    return mail;
                }

                next = arrival.Task;
            }

            try
            {
                await next.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The mail did not come; came: {string.Join("; ", Mails.Select(mail => $"{string.Join(",", mail.To)}: {mail.Subject}"))}");
            }
        }
    }

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }
}
