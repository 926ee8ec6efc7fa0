using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Host.Health;

/// <summary>Repeats the hygiene query every hour: a policy that somebody dropped by hand must not stay unnoticed until the next deployment.</summary>
internal sealed partial class HygieneWatch(DataSources sources, TimeProvider clock, ILogger<HygieneWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Whether the last look found the database's protection whole. Asked by the readiness endpoint, so that no new traffic comes here otherwise.</summary>
    public bool Whole { get; private set; } = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var violations = await Hygiene.FindViolationsAsync(sources[DbRole.Job], cancellationToken);
            foreach (var violation in violations)
            {
                LogViolation(violation);
            }

            Whole = violations.Count == 0;
        }
        catch (NpgsqlException exception)
        {
            LogUnreachable(exception); // readiness notices that by itself; what was last seen stands
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The database's protection is not whole: {Violation}")]
    private partial void LogViolation(string violation);

    [LoggerMessage(2, LogLevel.Warning, "The database's protection could not be looked at")]
    private partial void LogUnreachable(Exception exception);
}
