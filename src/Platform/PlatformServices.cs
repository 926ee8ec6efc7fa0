using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Audit;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using ClientPortal.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Platform;

/// <summary>Registers what every module builds on.</summary>
public static class PlatformServices
{
    /// <summary>Called once, by the host.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            // Links' tokens stand in paths, which these would log; the first adds the path to whatever else is logged during a request, too.
            .AddLogging(log => log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None).AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning))
            .AddSingleton<DataSources>()
            .AddSingleton(typeof(DbContexts<>))
            .AddSingleton<WhoIsAsking>()
            .AddSingleton<IParameterBinding, SessionBinding>()
            .AddHttpContextAccessor()
            .AddSingleton<SessionCookie>()
            .AddSingleton<Sessions>()
            .AddSingleton<IGraphQLRequestInitializer, RequestIdentity>()
            .AddSignals()
            .AddSingleton(new SignalChannel(LiveSessions.SessionEnded))
            .AddSingleton<LiveSessions>()
            .AddHostedService(s => s.GetRequiredService<LiveSessions>())
            .AddMail()
            .AddGraphQLTypes(typeof(MoneyType), typeof(AuditQueries), typeof(AuditEventType));
    }
}
