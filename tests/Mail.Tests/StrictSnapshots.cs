using System.Runtime.CompilerServices;

namespace ClientPortal.Mail.Tests;

/// <summary>A snapshot that is missing fails its test, wherever it runs, rather than being written and believed.</summary>
internal static class StrictSnapshots
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("SNAPSHOOTER_STRICT_MODE", "on");
}
