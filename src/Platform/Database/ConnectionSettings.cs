using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>The <c>ConnectionStrings__*</c> settings, one a login role.</summary>
public static class ConnectionSettings
{
    /// <summary>The login of migrations and imports. The serving host neither reads nor needs its connection string.</summary>
    public const string Migrator = "Migrator";

    /// <summary>All logins: one a <see cref="DbRole"/>, and the migrator.</summary>
    public static IReadOnlyList<string> Logins { get; } = [.. Enum.GetNames<DbRole>(), Migrator];

    /// <summary>The role in PostgreSQL that a login must be.</summary>
    public static string RoleOf(string login) => $"portal_{login.ToLowerInvariant()}";

    /// <summary>Whether any connection string is set. With none at all the host brings its own database.</summary>
    public static bool AnySet(IConfiguration configuration) =>
        Logins.Any(login => !string.IsNullOrWhiteSpace(configuration.GetConnectionString(login)));

    /// <summary>Reads a login's connection string.</summary>
    /// <exception cref="FatalException">It is missing or malformed.</exception>
    public static NpgsqlConnectionStringBuilder Read(IConfiguration configuration, string login)
    {
        if (configuration.GetConnectionString(login) is not { Length: > 0 } text)
        {
            throw new FatalException($"ConnectionStrings__{login} is not set. Set Contact, Staff, Auth and Job (and Migrator for the commands migrate, import and check oracle), or none for the embedded database.");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException exception)
        {
            throw new FatalException($"ConnectionStrings__{login} is not a PostgreSQL connection string: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Opens a connection and makes sure that it belongs to the right role: rows are told apart by role, so a superuser's connection string in the wrong place would show everything to everyone.</summary>
    /// <exception cref="FatalException">No server answers, it refuses, or the role is another.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, string login, CancellationToken cancellationToken)
    {
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select session_user::text", connection);
            var role = (string?)await command.ExecuteScalarAsync(cancellationToken);
            if (role != RoleOf(login))
            {
                throw new FatalException($"ConnectionStrings__{login} signs in as {role}; it must be {RoleOf(login)}.");
            }

            return connection;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            var server = $"{settings.Host}:{settings.Port}";
            await connection.DisposeAsync();
            throw exception switch
            {
                FatalException => exception,
                PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
                    new FatalException($"ConnectionStrings__{login}: the server at {server} refused the sign-in: {refused.MessageText}."),
                PostgresException refused => new FatalException($"ConnectionStrings__{login}: the server at {server} refused: {refused.MessageText}."),
                _ => new FatalException($"ConnectionStrings__{login}: no PostgreSQL server answers at {server} ({Innermost(exception).ReplaceLineEndings(" ")})."),
            };
        }
    }

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
