using ClientPortal.Billing.Import;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Billing;

/// <summary>Invoices, their lines and payments.</summary>
public sealed class BillingModule : IModule
{
    public string Name => "Billing";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddGraphQLTypes(
            typeof(InvoiceType), typeof(InvoiceLineType), typeof(PaymentType),
            typeof(PortalInvoices), typeof(ClientInvoices), typeof(DashboardInvoices), typeof(DashboardAges), typeof(OutstandingByAge));
        services.AddSingleton<IImportStep, InvoicesImport>();
        services.AddSingleton<IImportStep, PaymentsImport>();
    }
}
