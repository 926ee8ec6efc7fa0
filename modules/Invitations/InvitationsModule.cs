using ClientPortal.GraphQL;
using ClientPortal.Invitations.Mail;
using ClientPortal.Platform;
using ClientPortal.Platform.Clockwork;
using ClientPortal.Platform.Events;
using ClientPortal.Platform.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Invitations;

/// <summary>Contacts' way into the portal: invitation, link, acceptance, and the way out again.</summary>
public sealed class InvitationsModule : IModule
{
    public string Name => "Invitations";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<InvitationLinks>()
        .AddSingleton<InvitationSending>()
        .AddSingleton<IMailRenderer, InvitationMailRenderer>()
        .AddSingleton(new SignalChannel(InvitationSignals.InvitationEvent))
        .AddSingleton(new SignalChannel(InvitationSignals.BulkInvitation))
        .AddSingleton<InvitationFeed>()
        .AddHostedService(s => s.GetRequiredService<InvitationFeed>())
        .AddSingleton<BulkInvitationFeed>()
        .AddHostedService(s => s.GetRequiredService<BulkInvitationFeed>())
        .AddHostedService<BulkInvitationWorker>()
        .AddSingleton(new ScheduledJob("invitations.expire", TimeSpan.FromMinutes(1), "select invitations.expire()"))
        .AddSingleton(new ScheduledJob("invitations.forget", TimeSpan.FromDays(1), "select invitations.forget()"))
        .AddGraphQLTypes(
            typeof(InvitationQueries), typeof(InvitationSummary), typeof(InvitationPage),
            typeof(ContactInvitations), typeof(ContactInvitationType), typeof(InvitationEventType),
            typeof(InviteContact), typeof(ResendInvitation), typeof(RevokeInvitation), typeof(RevokePortalAccess),
            typeof(AcceptInvitation), typeof(RequestNewInvitation),
            typeof(InviteContacts), typeof(BulkInvitationType), typeof(BulkInvitationRowType), typeof(BulkInvitationQueries), typeof(BulkInvitationProgress),
            typeof(InvitationStatusChanged), typeof(InvitationStatusChangeType));
}
