using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Platform.Events;

/// <summary>Registers the host's listener.</summary>
public static class SignalServices
{
    /// <summary>Called once, by the host. Before every other worker, so that none waits for a listener that is not there yet.</summary>
    public static IServiceCollection AddSignals(this IServiceCollection services) => services
        .AddSingleton<DatabaseSignals>()
        .AddHostedService(s => s.GetRequiredService<DatabaseSignals>());
}
