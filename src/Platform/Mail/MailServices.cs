using ClientPortal.GraphQL;
using ClientPortal.Platform.Clockwork;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Platform.Mail;

/// <summary>Registers the outbox's senders and their transport.</summary>
public static class MailServices
{
    /// <summary>Called once, by the host. A registered <see cref="SmtpOptions"/> names the mail server; in development every mail is kept besides.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<RazorHtml>()
        .AddSingleton(s => new DevMailbox(FolderOf(s.GetRequiredService<PortalOptions>()), ServerOf(s), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IMailTransport>(s => s.GetRequiredService<IHostEnvironment>().IsDevelopment() ? s.GetRequiredService<DevMailbox>() : ServerOf(s) is { } server ? server : new NoTransport())
        .AddSingleton<MailLedger>()
        .AddSingleton<ThrottlingFilter>()
        .AddSingleton(new SignalChannel(OutboxWorker.Channel))
        .AddHostedService<OutboxWorker>()
        .AddSingleton(new ScheduledJob("mail.sweep", TimeSpan.FromSeconds(30), "select mail.sweep()"))
        .AddSingleton(new ScheduledJob("mail.forget", TimeSpan.FromDays(1), "select mail.forget()"))
        .AddGraphQLTypes(typeof(EmailQueries), typeof(EmailType));

    private static SmtpTransport? ServerOf(IServiceProvider services) =>
        services.GetService<SmtpOptions>() is { } smtp ? new SmtpTransport(smtp, services.GetRequiredService<PortalOptions>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SmtpTransport>>()) : null;

    private static string FolderOf(PortalOptions portal) => portal.DataFolder is { } data
        ? Path.Combine(data, "mail")
        : Path.Combine(Path.GetTempPath(), $"clientportal-{Environment.UserName}", "mail");
}
