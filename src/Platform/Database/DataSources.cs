using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>One connection pool a role. A connection never changes hands between roles.</summary>
public sealed class DataSources : IAsyncDisposable
{
    private static readonly string[] UnsafeSettings = ["Multiplexing", "Enlist", "No Reset On Close"];

    private readonly Dictionary<DbRole, NpgsqlDataSource> _byRole;

    /// <summary>Reads the connection strings; opens no connection yet.</summary>
    /// <exception cref="FatalException">A connection string is missing, malformed, or switches a safeguard off.</exception>
    public DataSources(IConfiguration configuration) =>
        _byRole = Enum.GetValues<DbRole>().ToDictionary(role => role, role => Build(role, ConnectionSettings.Read(configuration, role.ToString())));

    /// <summary>The pool of a role.</summary>
    public NpgsqlDataSource this[DbRole role] => _byRole[role];

    /// <summary>Statements for one round trip on a connection of a role's pool, in one transaction.</summary>
    public NpgsqlBatch CreateBatch(DbRole role)
    {
        var batch = this[role].CreateBatch();
        if (ResetsItself(role))
        {
            batch.BatchCommands.Add(new("reset all"));
        }

        return batch;
    }

    /// <summary>
    /// Whether what a connection's last user may have left on it is put back by the next batch's own first statement
    /// (docs/decisions/0018-reset-in-the-batch.md). Workers hold connections for longer, and keep Npgsql's reset.
    /// </summary>
    private static bool ResetsItself(DbRole role) => role != DbRole.Job;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _byRole.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static NpgsqlDataSource Build(DbRole role, NpgsqlConnectionStringBuilder settings)
    {
        foreach (var name in UnsafeSettings)
        {
            // Each of them would let one request run under another's identity. Whether a reset is needed is decided here alone.
            if (settings.ShouldSerialize(name) && settings[name] is true)
            {
                throw new FatalException($"ConnectionStrings__{role} must not set {name}: one request's identity could reach another's.");
            }
        }

        settings.Enlist = false;
        settings.NoResetOnClose = ResetsItself(role);
        if (!settings.ShouldSerialize("Maximum Pool Size"))
        {
            settings.MaxPoolSize = 40; // several hosts' four pools fit into one server; more statements at once only wait there instead of here
        }

        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 200; // few distinct statements, each run often; 0 in the connection string for pgbouncer
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = $"portal_{role}" }.Build();
    }
}
