using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ClientPortal.Benchmarks;

/// <summary>Which of many sockets have something to read (Linux's epoll): one call for all of them, no thread or task for any.</summary>
internal sealed partial class Readiness : IDisposable
{
    private const int AtOnce = 512;
    private const int Milliseconds = 10;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint In = 1;
    private const uint Out = 4;

    // The system's struct epoll_event is packed on this one architecture.
    private static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly byte[] _events = new byte[AtOnce * Size];
    private readonly int _handle = Checked(Create(0));

    /// <summary>Waits for a new socket's connection. A socket that is closed is forgotten by itself.</summary>
    public void AwaitConnection(int socket) => Watch(socket, Add, Out);

    /// <summary>Waits for what can be read from it instead.</summary>
    public void AwaitData(int socket) => Watch(socket, Modify, In);

    /// <summary>The sockets that are ready by now, or within a moment.</summary>
    public IEnumerable<int> Wait()
    {
        var count = Math.Max(0, Wait(_handle, _events, AtOnce, Milliseconds)); // less when a signal came
        for (var i = 0; i < count; i++)
        {
            yield return BitConverter.ToInt32(_events, (i * Size) + Size - 8);
        }
    }

    public void Dispose() => _ = Close(_handle);

    private void Watch(int socket, int operation, uint what)
    {
        var wanted = new byte[Size];
        BitConverter.TryWriteBytes(wanted, what);
        BitConverter.TryWriteBytes(wanted.AsSpan(Size - 8), socket);
        Checked(Control(_handle, operation, socket, wanted));
    }

    private static int Checked(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int handle, int operation, int socket, byte[] what);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Wait(int handle, byte[] events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
