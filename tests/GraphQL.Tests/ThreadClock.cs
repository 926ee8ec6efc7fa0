using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClientPortal.GraphQL.Tests;

/// <summary>Measures what a piece of work costs the processor, so that a busy machine does not make tests fail. Where the system does not tell, the wall clock has to do.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID on Linux

    public static double MillisecondsOf(Action work)
    {
        var start = Now();
        work();
        return Now() - start;
    }

    public static double Now() => OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out var time) == 0
        ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6)
        : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
