using ClientPortal.Clients.Import;
using ClientPortal.Platform.Import;
using ClientPortal.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Clients;

public sealed class ClientsModule : IModule
{
    public string Name => "Clients";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IImportStep, ClientsImport>();
        services.AddSingleton<IImportStep, ContactsImport>();
    }
}
