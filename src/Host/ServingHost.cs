using ClientPortal.Host.Configuration;
using ClientPortal.Host.Health;
using ClientPortal.Platform;

namespace ClientPortal.Host;

/// <summary>A portal that serves, and the embedded database when it brought one. Disposing of it stops both.</summary>
internal sealed class ServingHost : IAsyncDisposable
{
    private readonly PortalDatabase database;

    private ServingHost(PortalDatabase database, WebApplication app)
    {
        this.database = database;
        App = app;
    }

    public WebApplication App { get; }

    /// <summary>The mail server; null when mail stays in the portal.</summary>
    public SmtpOptions? Mail => App.Services.GetService<SmtpOptions>();

    /// <summary>Starts the portal: database, migrations of an embedded one, checks, listening.</summary>
    /// <param name="settings">Settings as <c>--Key=value</c>.</param>
    /// <param name="given">Settings of a caller in this process; they win over all others.</param>
    /// <param name="cancellationToken">Gives up starting; what was started is stopped again.</param>
    /// <param name="log">Adds to where the log goes.</param>
    /// <exception cref="FatalException">The operator has to mend something first.</exception>
    public static async Task<ServingHost> StartAsync(string[] settings, IReadOnlyDictionary<string, string?>? given, CancellationToken cancellationToken, Action<ILoggingBuilder>? log = null)
    {
        var builder = PortalConfiguration.CreateBuilder(settings, given);
        log?.Invoke(builder.Logging);
        ListenAddresses.EnsureFree(builder.Configuration);
        var database = await PortalDatabase.OpenAsync(builder.Configuration, builder.Environment, cancellationToken);
        WebApplication? app = null;
        try
        {
            app = Program.Build(builder);
            await StartupChecks.RunAsync(app.Services, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new ServingHost(database, app);
        }
        catch (Exception exception)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            await database.DisposeAsync();
            throw ListenAddresses.Describe(exception) ?? exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await database.DisposeAsync();
    }
}
