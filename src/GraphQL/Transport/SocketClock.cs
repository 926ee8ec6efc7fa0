using System.Collections.Concurrent;

namespace ClientPortal.GraphQL.Transport;

/// <summary>One timer for the keep-alives and time limits of all sockets. It stops while there is none.</summary>
internal sealed class SocketClock(GraphQLOptions options) : IDisposable
{
    // How many looks a socket gets within the shorter of its two limits, which are kept with that accuracy.
    private const int Looks = 16;

    private readonly ConcurrentDictionary<SocketConnection, byte> _sockets = [];
    private readonly Lock _gate = new();
    private ITimer? _timer;

    public void Add(SocketConnection socket)
    {
        _sockets.TryAdd(socket, 0);
        lock (_gate)
        {
            var pause = TimeSpan.FromTicks(Math.Min(options.KeepAlive.Ticks, options.SocketInitTimeout.Ticks) / Looks);
            _timer ??= options.TimeProvider.CreateTimer(static clock => ((SocketClock)clock!).Look(), this, pause, pause);
        }
    }

    public void Remove(SocketConnection socket)
    {
        _sockets.TryRemove(socket, out _);
        lock (_gate)
        {
            if (_sockets.IsEmpty)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        foreach (var (socket, _) in _sockets)
        {
            socket.Look();
        }
    }
}
