using ClientPortal.GraphQL;
using ClientPortal.Host.Commands;
using ClientPortal.Host.Configuration;
using ClientPortal.Host.Health;
using ClientPortal.Host.Import;
using ClientPortal.Host.Web;
using ClientPortal.Platform;
using ClientPortal.Platform.Clockwork;
using ClientPortal.Platform.Mail;

namespace ClientPortal.Host;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var signals = new StopSignals();
        return await CommandLine.RunAsync(args, signals.Token);
    }

    /// <summary>The portal itself: what it consists of and what it answers. The database is ready by now.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(PortalOptions.Read(builder.Configuration));
        if (SmtpOptions.Read(builder.Configuration) is { } smtp)
        {
            services.AddSingleton(smtp);
        }

        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddPlatform();
        services.AddGraphQL(options => GraphQLSettings.Apply(options, builder.Configuration, builder.Environment.IsDevelopment()));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // a GraphQL answer holds no secret beside text that somebody else chose
            compression.MimeTypes = ["application/json", "application/graphql-response+json"];
        });
        services.AddPortalHealth();
        foreach (var module in Modules.All)
        {
            module.AddServices(services, builder.Configuration);
        }

        services.AddClockwork();
        services.AddSingleton<IStartupStep, DemoData>();
        var app = builder.Build();
        app.UseResponseHeaders();
        app.UseResponseCompression();
        app.MapPortalHealth();
        app.MapDevMailbox();
        app.MapGraphQL("/graphql");
        if (app.Environment.IsDevelopment())
        {
            app.MapGet("/schema.graphql", () => Results.Text(SchemaCommand.Print(), "text/plain; charset=utf-8"));
        }

        app.MapWeb();
        return app;
    }
}
