using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClientPortal.Testing;

/// <summary>Stands between a host and a server, so that a test can cut the way.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly ConcurrentDictionary<Guid, Socket> open = [];
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;
    private volatile TaskCompletionSource passable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool refuses;
    private volatile int takes = int.MaxValue;
    private int stalled;

    /// <summary>Begins to listen, for a server on this machine.</summary>
    public TcpProxy(int target)
    {
        this.target = target;
        passable.SetResult();
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections it took until now.</summary>
    public int Connections { get; private set; }

    /// <summary>How many connections wait for <see cref="Mend"/> because of <see cref="StallAfter"/>.</summary>
    public int Stalled => stalled;

    /// <summary>Breaks every connection and each new one, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        refuses = true;
        foreach (var socket in open.Values)
        {
            socket.Close(0); // a reset, as from a router that forgot the connection
        }
    }

    /// <summary>Of each new connection, passes on so many bytes of the client's and then nothing any more, until <see cref="Mend"/>.</summary>
    public void StallAfter(int bytes)
    {
        passable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        takes = bytes;
    }

    /// <summary>Lets everything through again.</summary>
    public void Mend()
    {
        refuses = false;
        takes = int.MaxValue;
        passable.TrySetResult();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(end.Token);
                Connections++;
                _ = ServeAsync(client); // ends with its connection
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        try
        {
            if (!refuses)
            {
                client.NoDelay = true;
                (open[one], open[other]) = (client, server);
                await server.ConnectAsync(IPAddress.Loopback, target, end.Token);
                await Task.WhenAny(PassAsync(client, server, takes), PassAsync(server, client, int.MaxValue));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever was there hears it by the connection's end.
        }
        finally
        {
            open.TryRemove(one, out _);
            open.TryRemove(other, out _);
            client.Close(0);
        }
    }

    private async Task PassAsync(Socket from, Socket to, int most)
    {
        var bytes = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(bytes, end.Token) is var count and > 0)
            {
                if ((most -= count) < 0)
                {
                    Interlocked.Increment(ref stalled);
                    await passable.Task.WaitAsync(end.Token);
                    Interlocked.Decrement(ref stalled);
                }

                await to.SendAsync(bytes.AsMemory(0, count), end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }

    /// <summary>Breaks every connection and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        Cut();
        listener.Stop();
        await accepting;
        listener.Dispose();
        end.Dispose();
    }
}
