namespace ClientPortal.Host.Commands;

/// <summary>Without a command: serves until it is stopped.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var host = await ServingHost.StartAsync(settings, given: null, cancellationToken);
        StartupBanner.Write(host, Console.Out);
        await host.App.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
