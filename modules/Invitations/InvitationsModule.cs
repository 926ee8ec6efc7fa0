using ClientPortal.GraphQL;
using ClientPortal.Invitations.Mail;
using ClientPortal.Platform;
using ClientPortal.Platform.Events;
using ClientPortal.Platform.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Invitations;

/// <summary>Contacts' way into the portal: invitation, link, acceptance, and the way out again.</summary>
public sealed class InvitationsModule : IModule
{
    public string Name => "Invitations";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        // The links' tokens stand in paths, which these would log.
        .AddLogging(log => log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning))
        .AddSingleton<InvitationLinks>()
        .AddSingleton<InvitationSending>()
        .AddSingleton<IMailRenderer, InvitationMailRenderer>()
        .AddSingleton(new SignalChannel(InvitationSignals.InvitationEvent))
        .AddSingleton(new SignalChannel(InvitationSignals.BulkInvitation))
        .AddHostedService<BulkInvitationWorker>()
        .AddHostedService<ExpiryWorker>()
        .AddGraphQLTypes(
            typeof(InvitationQueries), typeof(InvitationSummary), typeof(InvitationPage),
            typeof(ContactInvitations), typeof(ContactInvitationType), typeof(InvitationEventType),
            typeof(InviteContact), typeof(ResendInvitation), typeof(RevokeInvitation), typeof(RevokePortalAccess),
            typeof(AcceptInvitation), typeof(RequestNewInvitation),
            typeof(InviteContacts), typeof(BulkInvitationType), typeof(BulkInvitationRowType), typeof(BulkInvitationQueries), typeof(BulkInvitationProgress),
            typeof(InvitationStatusChanged), typeof(InvitationStatusChangeType));
}
