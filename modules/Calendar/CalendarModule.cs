using ClientPortal.Calendar.Import;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Calendar;

/// <summary>Events, and which of them a client's portal shows.</summary>
public sealed class CalendarModule : IModule
{
    public string Name => "Calendar";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddGraphQLTypes(typeof(EventType), typeof(PortalEvents), typeof(ClientEvents), typeof(ProjectMilestones), typeof(DashboardEvents));
        services.AddSingleton<IImportStep, EventsImport>();
    }
}
