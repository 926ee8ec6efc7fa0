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
            services.AddKeyedSingleton(login, (_, _) => new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = login.ToString() }.Build());
        }

        return services;
    }

    /// <summary>The pool of a login role.</summary>
    public static NpgsqlDataSource Pool(this IServiceProvider services, DatabaseLogin login) => services.GetRequiredKeyedService<NpgsqlDataSource>(login);
}
