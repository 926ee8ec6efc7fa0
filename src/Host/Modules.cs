using ClientPortal.Accounts;
using ClientPortal.Billing;
using ClientPortal.Calendar;
using ClientPortal.Clients;
using ClientPortal.Invitations;
using ClientPortal.Platform;
using ClientPortal.Projects;

namespace ClientPortal.Host;

/// <summary>The modules of the portal. Their order is the order of their SQL files within one number.</summary>
internal static class Modules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new AccountsModule(),
        new ClientsModule(),
        new InvitationsModule(),
        new BillingModule(),
        new ProjectsModule(),
        new CalendarModule(),
    ];
}
