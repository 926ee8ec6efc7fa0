using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Audit;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using ClientPortal.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Platform;

/// <summary>Registers what every module builds on.</summary>
public static class PlatformServices
{
    /// <summary>Called once, by the host.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<DataSources>()
        .AddSingleton(typeof(DbContexts<>))
        .AddSingleton<WhoIsAsking>()
        .AddSingleton<IParameterBinding, SessionBinding>()
        .AddHttpContextAccessor()
        .AddSingleton<SessionCookie>()
        .AddSingleton<Sessions>()
        .AddSingleton<IGraphQLRequestInitializer, RequestIdentity>()
        .AddSignals()
        .AddMail()
        .AddGraphQLTypes(typeof(MoneyType), typeof(AuditQueries), typeof(AuditEventType));
}
