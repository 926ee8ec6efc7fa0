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
            .AddLogging()
            .PostConfigure<LoggerFilterOptions>(KeepPathsOut)
            .AddSingleton<DataSources>()
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

    // Links' tokens stand in paths, which these would log; the first adds the path to whatever else is logged during a request,
    // too. After the configuration and for each log that it names, so that no setting says otherwise.
    private static void KeepPathsOut(LoggerFilterOptions options)
    {
        foreach (var log in options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
        {
            options.Rules.Add(new LoggerFilterRule(log, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
            options.Rules.Add(new LoggerFilterRule(log, "Microsoft.AspNetCore.Routing", LogLevel.Warning, null));
        }
    }
}
