using ClientPortal.Platform.Database;

namespace ClientPortal.Host.Configuration;

/// <summary>Where settings come from, and the defaults that depend on other settings.</summary>
internal static class PortalConfiguration
{
    public static WebApplicationBuilder CreateBuilder(string[] settings, IReadOnlyDictionary<string, string?>? given)
    {
        var builder = Create(settings, given, environment: null);
        // Nothing configured at all: somebody tries the portal out. Production has to be meant.
        return !ConnectionSettings.AnySet(builder.Configuration) && string.IsNullOrEmpty(builder.Configuration[HostDefaults.EnvironmentKey])
            ? Create(settings, given, Environments.Development)
            : builder;
    }

    private static WebApplicationBuilder Create(string[] settings, IReadOnlyDictionary<string, string?>? given, string? environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, EnvironmentName = environment, ContentRootPath = AppContext.BaseDirectory });
        if (given is not null)
        {
            builder.Configuration.AddInMemoryCollection(given);
        }

        if (string.IsNullOrWhiteSpace(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.Configuration[WebHostDefaults.ServerUrlsKey] = ListenAddresses.Default;
        }

        // A failed start is told in one line on stderr; the framework would log its stack trace besides.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // a line as each request starts and ends would cost more than answering it
        if (builder.Environment.IsDevelopment())
        {
            // The start-up banner says what there is to say.
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        }

        return builder;
    }

    /// <summary>The public address in development, where nobody sets one: where the host listens.</summary>
    public static void DefaultPublicUrl(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["Portal:PublicUrl"]))
        {
            configuration["Portal:PublicUrl"] = ListenAddresses.Browsable(configuration);
        }
    }
}
