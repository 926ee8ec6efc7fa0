using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClientPortal.Mail.Tests;

/// <summary>A mail server each of whose answers is the test's, and that remembers what was said to it.</summary>
internal sealed class SpokenServer : IAsyncDisposable
{
    /// <summary>What <see cref="Usual"/> offers.</summary>
    public static readonly string[] Extensions = ["PIPELINING", "SIZE 10000000", "8BITMIME", "SMTPUTF8", "CHUNKING", "BINARYMIME", "ENHANCEDSTATUSCODES"];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<string, Task<string?>> answer;
    private readonly Task accepting;

    /// <param name="answer">
    /// What it says to a line; "" is a new connection, "." the end of a mail's text. Null: nothing any more, but the connection
    /// stays. Nothing (""): it hangs up.
    /// </param>
    public SpokenServer(Func<string, Task<string?>> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>It answers some commands, named with a blank between them, otherwise than usual.</summary>
    public SpokenServer(string commands, string? answer)
        : this(line => Task.FromResult(commands.Split(' ').Contains(line.Split(' ')[0]) ? answer : Usual(line)))
    {
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The commands of all connections; of mails only their end.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>The texts that came to their end.</summary>
    public ConcurrentQueue<string> Texts { get; } = [];

    public static string Usual(string line) => line.Split(' ')[0] switch
    {
        "" => "220 Ready",
        "EHLO" => string.Join("\r\n", ["250-Hello", .. Extensions.SkipLast(1).Select(e => $"250-{e}"), $"250 {Extensions[^1]}"]),
        "DATA" => "354 Go on",
        _ => "250 OK",
    };

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var lines = new StreamReader(stream);
                var text = (StringBuilder?)null;
                for (var line = ""; line is not null; line = await lines.ReadLineAsync(end.Token))
                {
                    if (text is not null && line != ".")
                    {
                        text.Append(line).Append("\r\n");
                        continue;
                    }

                    Said.Enqueue(line);
                    if (text is not null)
                    {
                        Texts.Enqueue(text.ToString());
                    }

                    text = null;
                    switch (await answer(line))
                    {
                        case "":
                            return;
                        case { } said:
                            await stream.WriteAsync(Encoding.UTF8.GetBytes(said + "\r\n"), end.Token);
                            text = said.StartsWith("354", StringComparison.Ordinal) ? new StringBuilder() : null;
                            break;
                        default:
                            await Task.Delay(Timeout.Infinite, end.Token);
                            break;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client, or the test, had enough.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await accepting;
        listener.Dispose();
        end.Dispose();
    }
}
