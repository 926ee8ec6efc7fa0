using ClientPortal.Clients.Import;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Clients;

/// <summary>Clients, their contacts, and what each contact may see.</summary>
public sealed class ClientsModule : IModule
{
    public string Name => "Clients";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddGraphQLTypes(
            typeof(ClientQueries), typeof(ClientType),
            typeof(ContactQueries), typeof(ContactType), typeof(MembershipContact), typeof(KindAccess),
            typeof(PortalQueries), typeof(Portal), typeof(PortalNode), typeof(Dashboard), typeof(PortalPreview),
            typeof(ExplainAccess), typeof(AccessExplanation), typeof(AccessPresetQueries), typeof(AccessPreset), typeof(KindVisibility),
            typeof(CreateClient), typeof(UpdateClient), typeof(CreateContact), typeof(UpdateContact), typeof(RemoveContact),
            typeof(SetContactAccess), typeof(SetRecordAccess));
        services.AddSingleton<IImportStep, ClientsImport>();
        services.AddSingleton<IImportStep, ContactsImport>();
    }
}
