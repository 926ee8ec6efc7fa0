using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using ClientPortal.Projects.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Projects;

public sealed class ProjectsModule : IModule
{
    public string Name => "Projects";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IImportStep, ProjectsImport>();
        services.AddSingleton<IImportStep, TicketsImport>();
    }
}
