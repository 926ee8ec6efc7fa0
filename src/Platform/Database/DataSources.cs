using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>One connection pool a role. A connection never changes hands between roles.</summary>
public sealed class DataSources : IAsyncDisposable
{
    private readonly Dictionary<DbRole, NpgsqlDataSource> _byRole;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="connectionStrings">Gives the connection string of a role.</param>
    /// <exception cref="ArgumentException">A connection string is malformed or switches a safeguard off.</exception>
    public DataSources(Func<DbRole, string> connectionStrings) =>
        _byRole = Enum.GetValues<DbRole>().ToDictionary(r => r, r => Build(r, connectionStrings(r)));

    /// <summary>The pool of a role.</summary>
    public NpgsqlDataSource this[DbRole role] => _byRole[role];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _byRole.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static NpgsqlDataSource Build(DbRole role, string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"ConnectionStrings:{role} is not a connection string: {e.Message}", e);
        }

        // Each of them would let one request run under another's context.
        foreach (var unsafeSetting in new[] { "Multiplexing", "Enlist", "No Reset On Close" })
        {
            if (settings.TryGetValue(unsafeSetting, out var value) && value is true && Names(connectionString).Contains(unsafeSetting.Replace(" ", "", StringComparison.Ordinal)))
            {
                throw new ArgumentException($"ConnectionStrings:{role} must not set {unsafeSetting}: one request's identity could reach another's.");
            }
        }

        settings.ApplicationName = $"portal {role}";
        settings.Enlist = false;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = $"portal_{role}" };
        return builder.Build();
    }

    private static HashSet<string> Names(string connectionString) =>
        new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Select(k => k.Replace(" ", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
