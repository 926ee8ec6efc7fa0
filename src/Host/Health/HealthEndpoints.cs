using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Migrations;
using Npgsql;

namespace ClientPortal.Host.Health;

/// <summary><c>/healthz/live</c> and <c>/healthz/ready</c>: 200 or 503, for load balancers.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddPortalHealth(this IServiceCollection services)
    {
        services.AddSingleton(_ => MigrationSet.Of(Modules.All));
        services.AddSingleton<HygieneWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<HygieneWatch>());
        return services;
    }

    public static void MapPortalHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => Results.Ok());
        app.MapGet("/healthz/ready", async (HygieneWatch hygiene, MigrationSet migrations, DataSources sources, CancellationToken cancellationToken) =>
            hygiene.Whole && await IsReadyAsync(sources, migrations, cancellationToken)
                ? Results.Ok()
                : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }

    private static async Task<bool> IsReadyAsync(DataSources sources, MigrationSet migrations, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            // All at once, so that after a restart of the database every pool finds its dead connections at the first question.
            await Task.WhenAll(Enum.GetValues<DbRole>().Select(role => AskAsync(sources[role], limit.Token)));
            await migrations.EnsureAppliedAsync(sources[DbRole.Job], limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or FatalException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // the answer is the status; the causes are logged by Npgsql and told by the command check
        }
    }

    private static async Task AskAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellationToken);
    }
}
