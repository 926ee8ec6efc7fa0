using ClientPortal.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Invitations;

public sealed class InvitationsModule : IModule
{
    public string Name => "Invitations";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
