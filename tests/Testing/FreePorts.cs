using System.Net;
using System.Net.Sockets;

namespace ClientPortal.Testing;

/// <summary>
/// Ports for servers that start later. One that the system gives and takes back is given again, to whoever asks next: these lie
/// below those that systems give by themselves, and whoever has one holds a file for it until the process ends.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000, Last = 32_000; // Linux gives ports from 32768 on, Windows and macOS from 49152 on
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"clientportal-{Environment.UserName}-ports")).FullName;
    private static readonly Lock Gate = new();
    private static readonly List<FileStream> Held = [];
    private static int next = Random.Shared.Next(First, Last); // so that those who begin at once seldom meet

    public static int Take()
    {
        lock (Gate)
        {
            for (var tries = First; tries < Last; tries++)
            {
                next = next + 1 < Last ? next + 1 : First;
                if (TryHold(next) is { } held)
                {
                    Held.Add(held);
                    return next;
                }
            }
        }

        throw new InvalidOperationException("There is no free port.");
    }

    private static FileStream? TryHold(int port)
    {
        FileStream? held = null;
        try
        {
            held = new FileStream(Path.Combine(Folder, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            held?.Dispose();
            return null; // somebody else's
        }
    }
}
