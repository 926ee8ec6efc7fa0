using ClientPortal.Billing.Import;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Billing;

public sealed class BillingModule : IModule
{
    public string Name => "Billing";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IImportStep, InvoicesImport>();
        services.AddSingleton<IImportStep, PaymentsImport>();
    }
}
