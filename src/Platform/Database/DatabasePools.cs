using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientPortal.Platform;

/// <summary>One connection pool a login role: keyed singletons of <see cref="NpgsqlDataSource"/>, the key being the <see cref="DatabaseLogin"/>.</summary>
public static class DatabasePools
{
    /// <summary>Registers the four pools of a serving host.</summary>
    /// <exception cref="FatalException">A connection string is missing or malformed.</exception>
    public static IServiceCollection AddDatabasePools(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var login in ConnectionSettings.Serving)
        {
            var settings = ConnectionSettings.Read(configuration, login);
            RefuseUnsafe(settings, login);
            services.AddKeyedSingleton(login, (_, _) => new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = login.ToString() }.Build());
        }

        return services;
    }

    // Each of them would let one request run under another's identity.
    private static void RefuseUnsafe(NpgsqlConnectionStringBuilder settings, DatabaseLogin login)
    {
        foreach (var name in new[] { "Multiplexing", "Enlist", "No Reset On Close" })
        {
            if (settings.ShouldSerialize(name) && settings[name] is true)
            {
                throw new FatalException($"ConnectionStrings__{login} must not set {name}: one request's identity could reach another's.");
            }
        }

        settings.Enlist = false;
    }

    /// <summary>The pool of a login role.</summary>
    public static NpgsqlDataSource Pool(this IServiceProvider services, DatabaseLogin login) => services.GetRequiredKeyedService<NpgsqlDataSource>(login);
}
