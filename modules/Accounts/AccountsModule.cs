using ClientPortal.Accounts.Contracts;
using ClientPortal.Accounts.Mail;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Clockwork;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Accounts;

/// <summary>People, sign-in, sessions, staff and their permissions.</summary>
public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IPasswords, Passwords>()
        .AddSingleton<AccountLinks>()
        .AddSingleton(Renderer("PASSWORD_RESET", AccountLinks.Reset, AccountMailText.PasswordReset))
        .AddSingleton(Renderer("STAFF_INVITATION", AccountLinks.Reset, AccountMailText.StaffInvitation))
        .AddSingleton(Renderer("EMAIL_CHANGE", AccountLinks.ConfirmEmail, AccountMailText.EmailChange))
        .AddSingleton<IMailRenderer, EmailChangedRenderer>()
        .AddSingleton<IMailRenderer, PasswordChangedRenderer>()
        .AddSingleton<IStartupStep, MakeFirstStaff>()
        .AddSingleton(new ScheduledJob("accounts.forget", TimeSpan.FromDays(1), "select accounts.forget()"))
        .AddGraphQLTypes(
            typeof(ViewerQueries), typeof(ViewerType), typeof(MembershipType), typeof(Session),
            typeof(SignIn), typeof(SignOut), typeof(EndSession),
            typeof(AccountLinkQueries), typeof(AccountLink),
            typeof(RequestPasswordReset), typeof(ResetPassword),
            typeof(UpdateProfile), typeof(ChangePassword), typeof(RequestEmailChange), typeof(ConfirmEmailChange),
            typeof(AddStaffMember), typeof(SetStaffPermissions), typeof(DeactivateStaffMember),
            typeof(StaffQueries), typeof(StaffMemberType));

    private static Func<IServiceProvider, IMailRenderer> Renderer(string kind, string page, Func<string, string, DateTimeOffset, Uri, AccountMailText> write) => s =>
        new LinkMailRenderer(kind, page, write, s.GetRequiredService<DataSources>(), s.GetRequiredService<AccountLinks>(), s.GetRequiredService<PortalOptions>(), s.GetRequiredService<RazorHtml>());
}
