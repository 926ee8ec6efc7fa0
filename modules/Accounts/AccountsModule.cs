using ClientPortal.Accounts.Contracts;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Accounts;

/// <summary>People, sign-in, sessions, staff and their permissions.</summary>
public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IPasswords, Passwords>()
        .AddSingleton<IStartupStep, MakeFirstStaff>()
        .AddGraphQLTypes(
            typeof(ViewerQueries), typeof(ViewerType), typeof(MembershipType), typeof(Session),
            typeof(SignIn), typeof(SignOut), typeof(EndSession),
            typeof(StaffQueries), typeof(StaffMemberType));
}
