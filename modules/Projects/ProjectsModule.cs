using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using ClientPortal.Projects.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Projects;

/// <summary>Projects and the tickets of work on them.</summary>
public sealed class ProjectsModule : IModule
{
    public string Name => "Projects";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddGraphQLTypes(
            typeof(ProjectType), typeof(PortalProjects), typeof(ClientProjects), typeof(DashboardProjects),
            typeof(TicketType), typeof(PortalTickets), typeof(ClientTickets), typeof(InvoiceTickets));
        services.AddSingleton<IImportStep, ProjectsImport>();
        services.AddSingleton<IImportStep, TicketsImport>();
    }
}
