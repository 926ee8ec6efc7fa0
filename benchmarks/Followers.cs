using System.Net;
using System.Text.Json;

namespace ClientPortal.Benchmarks;

/// <summary>
/// The sockets of benchmarks/subscribers.mjs: one thread waits for all of them and reads what has come, so that receiving costs
/// little more than the system's own calls, which run on the same cores as the host that is measured. Commands come on the standard input, one a
/// line: "open SECRET …" opens sockets, a few at a time, "burst SECRET …" all at once; both answer when each is followed or refused.
/// "forget" drops what was measured so far, "report" tells it, and why any have left.
/// </summary>
internal sealed class Followers(int port) : IDisposable
{
    private const int Opening = 20;

    private readonly IPEndPoint _host = new(IPAddress.Loopback, port);
    private readonly Readiness _ready = new();
    private readonly Dictionary<int, Follower> _all = [];
    private readonly List<Received> _received = [];
    private readonly Queue<string> _waiting = [];
    private readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TimeSpan _processorTime;
    private int _atOnce;
    private int _opened;
    private int _settled;
    private bool _answers;

    public static async Task FollowAsync(int port)
    {
        using var followers = new Followers(port);
        var command = Console.In.ReadLineAsync();
        while (true)
        {
            if (command.IsCompleted)
            {
                if (await command is not { } line)
                {
                    return;
                }

                followers.Obey(line.Split(' '));
                command = Task.Run(Console.In.ReadLineAsync);
            }

            followers.Turn();
        }
    }

    public void Dispose()
    {
        foreach (var follower in _all.Values)
        {
            follower.Dispose();
        }

        _ready.Dispose();
    }

    private void Obey(ReadOnlySpan<string> words)
    {
        switch (words[0])
        {
            case "open" or "burst":
                (_atOnce, _answers) = (words[0] == "open" ? Opening : int.MaxValue, true);
                foreach (var secret in words[1..])
                {
                    _waiting.Enqueue(secret);
                }

                break;
            case "forget":
                _received.Clear();
                _processorTime = Environment.CpuUsage.TotalTime;
                break;
            case "report":
                Report(Environment.CpuUsage.TotalTime - _processorTime);
                break;
        }
    }

    private void Turn()
    {
        while (_waiting.Count > 0 && _opened - _settled < _atOnce)
        {
            var follower = new Follower(_host, _waiting.Dequeue(), this);
            _opened++;
            _all.Add(follower.Handle, follower);
            _ready.AwaitConnection(follower.Handle);
        }

        foreach (var handle in _ready.Wait())
        {
            var follower = _all[handle];
            if (!follower.IsConnected)
            {
                _ready.AwaitData(handle);
                follower.Greet();
            }
            else
            {
                follower.Receive(_buffer);
            }
        }

        if (_answers && _waiting.Count == 0 && _settled == _opened)
        {
            _answers = false;
            Tell(new { followed = _all.Count, refused = _refused });
        }
    }

    public void Settled() => _settled++;

    public void Gone(Follower follower, string reason)
    {
        _all.Remove(follower.Handle);
        _refused[reason] = _refused.GetValueOrDefault(reason) + 1;
    }

    /// <summary>An event has come. Most are those that came last to others, byte by byte.</summary>
    public void Received(ReadOnlySpan<byte> message, DateTime at)
    {
        for (var i = _received.Count - 1; i >= 0; i--)
        {
            if (message.SequenceEqual(_received[i].Message))
            {
                _received[i].After.Add((at - _received[i].Committed).TotalMilliseconds);
                return;
            }
        }

        using var json = JsonDocument.Parse(message.ToArray());
        var change = json.RootElement.GetProperty("payload").GetProperty("data").GetProperty("invitationStatusChanged");
        var committed = change.GetProperty("at").GetDateTimeOffset().UtcDateTime;
        _received.Add(new Received(message.ToArray(), committed, [(at - committed).TotalMilliseconds]));
    }

    private void Report(TimeSpan processorTime)
    {
        double[] sorted = [.. _received.SelectMany(r => r.After).Order()];
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
        Tell(new { events = _received.Count, received = sorted.Length, median = At(0.5), most = At(0.99), slowest = sorted[^1], micros = processorTime.TotalMicroseconds / sorted.Length, left = _refused });
    }

    private static void Tell(object answer) => Console.WriteLine(JsonSerializer.Serialize(answer));
}

/// <summary>An event, when it was committed, and after how many milliseconds each got it.</summary>
internal sealed record Received(byte[] Message, DateTime Committed, List<double> After);
