using ClientPortal.Platform;

namespace ClientPortal.Host;

/// <summary>The modules of the portal. Their order is the order of their SQL files within one number.</summary>
internal static class Modules
{
    public static IReadOnlyList<IModule> All { get; } = [];
}
